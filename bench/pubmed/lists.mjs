import { decoy } from './keywords.mjs';
import { contentWord, surname } from './words.mjs';

// Quantiles of real records. References are thinned: with all of them the mean would be twice the 7 kB that records of bulk files have.
const authors = [
  [0.05, 1],
  [0.25, 2],
  [0.5, 4],
  [0.75, 7],
  [0.95, 13],
  [1, 23],
];
const affiliationLength = [
  [0.05, 45],
  [0.25, 84],
  [0.5, 106],
  [0.75, 140],
  [0.95, 222],
  [1, 370],
];
const references = [
  [0.5, 0],
  [0.75, 5],
  [0.95, 16],
  [0.99, 40],
  [1, 70],
];
const mesh = [
  [0.25, 0],
  [0.5, 4],
  [0.75, 9],
  [0.95, 15],
  [1, 19],
];
const chemicals = [
  [0.6, 0],
  [0.8, 2],
  [0.95, 5],
  [1, 11],
];
const keywords = [
  [0.75, 0],
  [0.95, 8],
  [1, 20],
];
/** Only first authors had an affiliation before, and nobody before 1988. */
const EVERY_AUTHOR = 2014;
const FIRST_AUTHOR = 1988;
const places = ['Lima, Peru', 'Bern, Switzerland', 'Boston, MA, USA', 'Beijing, China', 'Oslo, Norway', 'São Paulo, Brazil', 'Leeds, UK'];
const initial = (word) => word[0].toUpperCase();
const name = (word) => initial(word) + word.slice(1);
const manyOf = (count, make) => Array.from({ length: count }, (_, index) => make(index));
const listOf = (tag, items) => (items.length === 0 ? [] : [`      <${tag}>\n${items.join('\n')}\n      </${tag}>`]);

export function authorList(stream, year) {
  const known = manyOf(3, () => affiliation(stream));
  const list = manyOf(stream.quantile(authors), (index) => {
    const [last, fore] = [surname(stream), name(contentWord(stream))];
    const placed = year >= EVERY_AUTHOR ? stream.chance(0.72) : index === 0 && year >= FIRST_AUTHOR;
    // Co-authors of one place have it word for word.
    const where = placed
      ? `\n            <AffiliationInfo>\n              <Affiliation>${stream.pick(known)}</Affiliation>\n            </AffiliationInfo>`
      : '';
    const orcid =
      year >= EVERY_AUTHOR && stream.chance(0.13)
        ? `\n            <Identifier Source="ORCID">0000-000${stream.below(4)}-${digits(stream, 4)}-${digits(stream, 4)}</Identifier>`
        : '';
    return `          <Author ValidYN="Y">\n            <LastName>${last}</LastName>\n            <ForeName>${fore}</ForeName>\n            <Initials>${initial(fore)}</Initials>${orcid}${where}\n          </Author>`;
  });
  return `        <AuthorList CompleteYN="Y">\n${list.join('\n')}\n        </AuthorList>`;
}

function affiliation(stream) {
  const [length, place] = [stream.quantile(affiliationLength), stream.pick(places)];
  let text = stream.chance(0.04) ? decoy(stream) : `Department of ${name(contentWord(stream))}`;
  while (text.length + place.length < length - 20)
    text += `, ${name(contentWord(stream))} ${stream.pick(['University', 'Hospital', 'Institute', 'Road'])}`;
  return `${text}, ${digits(stream, 5)} ${place}.${stream.chance(0.2) ? ` ${contentWord(stream)}@${contentWord(stream)}.org.` : ''}`;
}

export function subjects({ own, stream }) {
  const heading = () => {
    const about = stream.chance(0.02) ? 'Machine Learning' : name(stream.pick(own));
    const qualifier = `\n          <QualifierName UI="Q000${digits(stream, 3)}" MajorTopicYN="Y">${contentWord(stream)}</QualifierName>`;
    return `        <MeshHeading>\n          <DescriptorName UI="D${digits(stream, 6)}" MajorTopicYN="N">${about}</DescriptorName>${stream.chance(0.4) ? qualifier : ''}\n        </MeshHeading>`;
  };
  return listOf('MeshHeadingList', manyOf(stream.quantile(mesh), heading));
}

export function substances({ own, stream }) {
  const chemical = () =>
    `        <Chemical>\n          <RegistryNumber>${digits(stream, 4)}-${digits(stream, 2)}-0</RegistryNumber>\n          <NameOfSubstance UI="D${digits(stream, 6)}">${name(stream.pick(own))}</NameOfSubstance>\n        </Chemical>`;
  return listOf('ChemicalList', manyOf(stream.quantile(chemicals), chemical));
}

export function keywordList({ own, stream }) {
  const word = () => `        <Keyword MajorTopicYN="N">${stream.chance(0.02) ? 'deep learning' : stream.pick(own)}</Keyword>`;
  return listOf('KeywordList Owner="NOTNLM"', manyOf(stream.quantile(keywords), word)).map((list) =>
    list.replace('</KeywordList Owner="NOTNLM">', '</KeywordList>'),
  );
}

export function referenceList({ own, stream }, { year, journal }) {
  const cited = () => {
    const id = 1_000_000 + stream.below(30_000_000);
    const who = manyOf(1 + stream.below(4), () => `${surname(stream)} ${initial(contentWord(stream))}`).join(', ');
    const what = manyOf(4 + stream.below(8), () => (stream.chance(0.3) ? stream.pick(own) : contentWord(stream))).join(' ');
    const where = stream.chance(0.3) ? journal.short : `J ${name(contentWord(stream))}`;
    const citation = `${who}. ${stream.chance(0.02) ? 'Deep learning in ' : ''}${what}. ${where}. ${year - stream.below(20)};${stream.below(90)}:${stream.below(900)}-9.`;
    return `        <Reference>\n          <Citation>${citation}</Citation>\n          ${articleIds(id, `10.${1000 + stream.below(4000)}/${id}`)}\n        </Reference>`;
  };
  return listOf('ReferenceList', manyOf(stream.quantile(references), cited));
}

export function articleIds(pmid, doi) {
  return `<ArticleIdList>\n            <ArticleId IdType="pubmed">${pmid}</ArticleId>\n            <ArticleId IdType="doi">${doi}</ArticleId>\n          </ArticleIdList>`;
}

export function digits(stream, count) {
  return String(stream.below(10 ** count)).padStart(count, '0');
}
