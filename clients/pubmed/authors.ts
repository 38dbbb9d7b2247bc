import { childrenOf, first, textOf, textsOf, type XmlElement } from './element';
import type { PubmedAuthor } from './record';

/**
 * The author list in its order, without the entries marked ValidYN="N" (an old spelling kept beside the corrected one).
 * Before 2014 an article had one affiliation: it is given to the first personal author.
 */
export function readAuthors(article: XmlElement | undefined): PubmedAuthor[] {
  const entries = childrenOf(article, 'AuthorList').flatMap((list) => childrenOf(list, 'Author'));
  const authors = entries.filter((author) => author.attributes.get('ValidYN') !== 'N').map(readAuthor);
  const shared = textOf(first(article, 'Affiliation'));
  if (shared !== null) authors.find(({ collective }) => collective === null)?.affiliations.push(shared);
  return authors;
}

function readAuthor(author: XmlElement): PubmedAuthor {
  return {
    last: textOf(first(author, 'LastName')),
    fore: textOf(first(author, 'ForeName')),
    initials: textOf(first(author, 'Initials')),
    collective: textOf(first(author, 'CollectiveName')),
    identifiers: childrenOf(author, 'Identifier').flatMap(readIdentifier),
    affiliations: readAffiliations(author),
  };
}

function readIdentifier(identifier: XmlElement): { source: string; value: string }[] {
  const value = textOf(identifier);
  return value === null ? [] : [{ source: identifier.attributes.get('Source') ?? '', value }];
}

/** The DTD of 2014 puts Affiliation into Author, those since 2015 into an AffiliationInfo each. */
function readAffiliations(author: XmlElement): string[] {
  const wrapped = childrenOf(author, 'AffiliationInfo').flatMap((info) => childrenOf(info, 'Affiliation'));
  return textsOf([...childrenOf(author, 'Affiliation'), ...wrapped]);
}
