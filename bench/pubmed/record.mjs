import { anyWord, awkward, contentWord } from './words.mjs';
import { decoy, nearMiss, writtenKeyword } from './keywords.mjs';

// Quantiles of 319 real baseline records; the references are thinned so that records average 7 kB, as 30,000 of them do.
const titleLength = [
  [0.05, 32],
  [0.25, 67],
  [0.5, 94],
  [0.75, 118],
  [0.95, 168],
  [1, 211],
];
const abstractLength = [
  [0.05, 650],
  [0.25, 980],
  [0.5, 1340],
  [0.75, 1715],
  [0.95, 2300],
  [1, 2600],
];
/** Characters of a word and its blank, as this vocabulary has them. */
const WORD = 8.6;
const authors = [
  [0.05, 1],
  [0.25, 2],
  [0.5, 4],
  [0.75, 7],
  [0.95, 13],
  [1, 23],
];
const references = [
  [0.5, 0],
  [0.75, 6],
  [0.95, 24],
  [1, 70],
];
const mesh = [
  [0.5, 0],
  [0.75, 8],
  [0.95, 13],
  [1, 17],
];
const places = [
  'Lima, Peru',
  'Bern, Switzerland',
  'Boston, MA, USA',
  'Beijing, China',
  'Oslo, Norway',
  'Osaka, Japan',
  'São Paulo, Brazil',
  'Leeds, UK',
];
const two = (value) => String(value).padStart(2, '0');

/** One record as NLM prints it, and whether a keyword stands in title or abstract. */
export function record(stream, { pmid, year, journal }) {
  const hit = stream.chance(0.015);
  const inTitle = hit && stream.chance(0.4);
  const hasAbstract = (hit && !inTitle) || stream.chance(0.8);
  const text = { own: Array.from({ length: 12 }, () => contentWord(stream)), stream };
  const title = sentence(text, { words: wordsOf(stream.quantile(titleLength)), planted: inTitle ? writtenKeyword(stream) : null });
  const lines = [
    '  <PubmedArticle>',
    '    <MedlineCitation Status="MEDLINE" IndexingMethod="Automated" Owner="NLM">',
    `      <PMID Version="1">${pmid}</PMID>`,
    date('DateCompleted', year, stream),
    date('DateRevised', 2026, stream),
    '      <Article PubModel="Print-Electronic">',
    journalOf(journal, year, stream),
    `        <ArticleTitle>${title}</ArticleTitle>`,
    `        <Pagination>\n          <StartPage>${stream.below(900)}</StartPage>\n          <MedlinePgn>${stream.below(900)}-9</MedlinePgn>\n        </Pagination>`,
    `        <ELocationID EIdType="doi" ValidYN="Y">10.${1000 + journal.id}/j.${year}.${pmid}</ELocationID>`,
    ...(hasAbstract ? [abstract(text, hit && !inTitle ? writtenKeyword(stream) : null)] : []),
    authorList(stream),
    '        <Language>eng</Language>',
    '        <PublicationTypeList>\n          <PublicationType UI="D016428">Journal Article</PublicationType>\n        </PublicationTypeList>',
    '      </Article>',
    `      <MedlineJournalInfo>\n        <Country>England</Country>\n        <MedlineTA>${journal.short}</MedlineTA>\n        <NlmUniqueID>${journal.nlm}</NlmUniqueID>\n        <ISSNLinking>${journal.issn}</ISSNLinking>\n      </MedlineJournalInfo>`,
    ...(stream.chance(0.5) ? [meshList(text)] : []),
    '    </MedlineCitation>',
    pubmedData(text, { pmid, year, journal }),
    '  </PubmedArticle>',
  ];
  return { xml: lines.join('\n'), hit };
}

const wordsOf = (characters) => Math.max(3, Math.round(characters / WORD));

function sentence({ own, stream }, { words, planted }) {
  const made = Array.from({ length: words }, () =>
    stream.chance(0.3) ? stream.pick(own) : stream.chance(0.02) ? stream.pick(awkward) : anyWord(stream),
  );
  if (stream.chance(0.004)) made[stream.below(words)] = nearMiss(stream);
  if (planted !== null) made[stream.below(words)] = planted;
  const text = made.join(' ');
  return `${text[0].toUpperCase()}${text.slice(1)}.`;
}

function abstract(text, planted) {
  const { stream } = text;
  const labels = stream.chance(0.16) ? ['BACKGROUND', 'METHODS', 'RESULTS', 'CONCLUSIONS'] : [null];
  const words = Math.max(12, Math.round(wordsOf(stream.quantile(abstractLength)) / labels.length));
  const lucky = stream.below(labels.length);
  const parts = labels.map((label, index) => {
    const sentences = Math.max(1, Math.round(words / 24));
    const chosen = stream.below(sentences);
    const body = Array.from({ length: sentences }, (_, at) =>
      sentence(text, { words: 24, planted: index === lucky && at === chosen ? planted : null }),
    );
    const attributes = label === null ? '' : ` Label="${label}" NlmCategory="${label}"`;
    return `          <AbstractText${attributes}>${body.join(' ')}</AbstractText>`;
  });
  if (stream.chance(0.3))
    parts.push('          <CopyrightInformation>Copyright © Society for Machine Learning and Data Mining.</CopyrightInformation>');
  return `        <Abstract>\n${parts.join('\n')}\n        </Abstract>`;
}

function date(name, year, stream) {
  return `      <${name}>\n        <Year>${year}</Year>\n        <Month>${two(1 + stream.below(12))}</Month>\n        <Day>${two(1 + stream.below(28))}</Day>\n      </${name}>`;
}

function journalOf({ issn, title, short }, year, stream) {
  const when = stream.chance(0.025)
    ? `<MedlineDate>${year} Jan-Feb</MedlineDate>`
    : `<Year>${year}</Year>\n              <Month>Jan</Month>`;
  return `        <Journal>\n          <ISSN IssnType="Electronic">${issn}</ISSN>\n          <JournalIssue CitedMedium="Internet">\n            <Volume>${stream.below(90)}</Volume>\n            <Issue>${stream.below(12)}</Issue>\n            <PubDate>\n              ${when}\n            </PubDate>\n          </JournalIssue>\n          <Title>${title}</Title>\n          <ISOAbbreviation>${short}</ISOAbbreviation>\n        </Journal>`;
}

function authorList(stream) {
  const shared = `${stream.chance(0.04) ? decoy(stream) : 'Department of Medicine'}, University Hospital, ${stream.pick(places)}.`;
  const list = Array.from({ length: stream.quantile(authors) }, () => {
    const [last, fore] = [contentWord(stream), contentWord(stream)];
    const where = stream.chance(0.4)
      ? `\n            <AffiliationInfo>\n              <Affiliation>${shared}</Affiliation>\n            </AffiliationInfo>`
      : '';
    return `          <Author ValidYN="Y">\n            <LastName>${last}</LastName>\n            <ForeName>${fore}</ForeName>\n            <Initials>${fore[0].toUpperCase()}</Initials>${where}\n          </Author>`;
  });
  return `        <AuthorList CompleteYN="Y">\n${list.join('\n')}\n        </AuthorList>`;
}

function meshList({ own, stream }) {
  const headings = Array.from(
    { length: stream.quantile(mesh) },
    () =>
      `        <MeshHeading>\n          <DescriptorName UI="D${100_000 + stream.below(90_000)}" MajorTopicYN="N">${stream.pick(own)}</DescriptorName>\n        </MeshHeading>`,
  );
  return `      <MeshHeadingList>\n${headings.join('\n')}\n      </MeshHeadingList>`;
}

function pubmedData(text, { pmid, year, journal }) {
  const { stream } = text;
  const ids = (pub, doi) =>
    `<ArticleIdList>\n            <ArticleId IdType="pubmed">${pub}</ArticleId>\n            <ArticleId IdType="doi">${doi}</ArticleId>\n          </ArticleIdList>`;
  const cited = Array.from({ length: stream.quantile(references) }, () => {
    const id = 1_000_000 + stream.below(30_000_000);
    return `        <Reference>\n          <Citation>${contentWord(stream)} A, ${contentWord(stream)} B. Deep learning ${stream.pick(text.own)}. ${journal.short}. ${year - 3};${stream.below(90)}:${stream.below(900)}.</Citation>\n          ${ids(id, `10.1016/${id}`)}\n        </Reference>`;
  });
  const list = cited.length === 0 ? '' : `\n      <ReferenceList>\n${cited.join('\n')}\n      </ReferenceList>`;
  return `    <PubmedData>\n      <History>\n        <PubMedPubDate PubStatus="pubmed">\n          <Year>${year}</Year>\n          <Month>1</Month>\n          <Day>2</Day>\n        </PubMedPubDate>\n      </History>\n      <PublicationStatus>ppublish</PublicationStatus>\n      ${ids(pmid, `10.${1000 + journal.id}/j.${year}.${pmid}`)}${list}\n    </PubmedData>`;
}
