import { escaped } from '../markup';
import type { Article } from './articles';
import type { Author } from './people';

function names({ last, fore, initials }: Pick<Author, 'last' | 'fore' | 'initials'>): string {
  return `<LastName>${escaped(last)}</LastName><ForeName>${escaped(fore)}</ForeName><Initials>${initials}</Initials>`;
}

const affiliation = (text: string) => `<AffiliationInfo><Affiliation>${escaped(text)}</Affiliation></AffiliationInfo>`;

function element(author: Author, equal: boolean): string {
  const identifier = author.orcid === null ? '' : `<Identifier Source="ORCID">${author.orcid}</Identifier>`;
  return `<Author ValidYN="Y"${equal ? ' EqualContrib="Y"' : ''}>${names(author)}${identifier}${author.affiliations.map(affiliation).join('')}</Author>`;
}

/** The old spelling that NLM keeps beside a corrected one; its address must not be read. */
const superseded = ({ last, fore, initials }: Author) =>
  `<Author ValidYN="N">${names({ last: `${last}x`, fore, initials })}${affiliation('Department of Errata, Old Institute, Reykjavík, Iceland.')}</Author>`;

const group = '<Author ValidYN="Y"><CollectiveName>Synthetic Study Group of <i>N</i> Investigators</CollectiveName></Author>';

/** The AuthorList in byline order, with the peculiarities the article was given. */
export function authorList({ authors, features, decoy }: Article): string {
  if (features.has('no-authors')) return '';
  const list = authors.map((author, index) => {
    const printed = features.has('article-affiliation') && index === 0 ? { ...author, affiliations: [] } : author;
    return element(printed, features.has('equal-contribution') && index < 2);
  });
  const last = authors.at(-1);
  if (features.has('invalid-spelling') && last) list.push(superseded(last));
  if (features.has('collective-last')) list.push(group);
  if (decoy === 'affiliation')
    list[0] = list[0]?.replace('</Author>', `${affiliation('Department of Artificial Intelligence and Robot Vision.')}</Author>`) ?? '';
  return `<AuthorList CompleteYN="Y">\n        ${list.join('\n        ')}\n      </AuthorList>`;
}
