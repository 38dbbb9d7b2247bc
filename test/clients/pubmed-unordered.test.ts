import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { readMatches, readOutlines } from '../../clients/pubmed/bulk-file';
import { compileKeywords } from '../../methods/keywords';
import { articleSet, readAll } from './pubmed-xml';

const matcher = compileKeywords(['robot'], { end: 'plural', spelling: 'both' }).bytes();
const folder = mkdtempSync(path.join(os.tmpdir(), 'atlas-unordered-'));
const file = { path: path.join(folder, 'a.xml'), name: 'a.xml' };
afterAll(() => rmSync(folder, { recursive: true }));

const TITLE = '<ArticleTitle>A robot</ArticleTitle>';
const DOI = '<ArticleIdList><ArticleId IdType="doi">10.1/own</ArticleId></ArticleIdList>';
const INFO = '<MedlineJournalInfo><NlmUniqueID>7</NlmUniqueID></MedlineJournalInfo>';
const REFERENCES =
  '<ReferenceList><Reference><ArticleIdList><ArticleId IdType="doi">10.1/other</ArticleId></ArticleIdList></Reference></ReferenceList>';
const history = (year: string) => `<History><PubMedPubDate PubStatus="pubmed"><Year>${year}</Year></PubMedPubDate></History>`;
const record = ({ before = '<PMID Version="1">5</PMID>', article = TITLE, info = INFO, data = DOI }) =>
  `<PubmedArticle><MedlineCitation>${before}<Article PubModel="Print">${article}</Article>${info}</MedlineCitation><PubmedData>${data}</PubmedData></PubmedArticle>`;

test.each<[string, Parameters<typeof record>[0]]>([
  ['all in the order of the DTD', { data: `${history('2004')}${DOI}${REFERENCES}` }],
  ['the ids between references', { data: `${REFERENCES}${DOI}${REFERENCES}` }],
  ['the ids behind references', { data: `<ReferenceList/>${DOI}${REFERENCES}` }],
  ['the journal before the article', { before: `<PMID Version="1">5</PMID>${INFO}`, info: INFO.replace('7', '8') }],
  ['two articles', { before: '<PMID Version="1">5</PMID><Article><ArticleTitle>A robot first</ArticleTitle></Article>' }],
  ['a year in the second history alone', { data: `<History></History>${history('2004')}${DOI}` }],
  ['a year in the history alone', { data: `${history('2004')}${DOI}` }],
  ['a history faked in comments', { data: `<!-- <History> -->${DOI}<!-- </History> -->` }],
  ['references faked in an instruction', { data: `<?x <ReferenceList ?>${DOI}<!-- </ReferenceList> -->` }],
  ['the end of the journal faked', { info: `<!-- </MedlineJournalInfo> -->${INFO}<!-- </MedlineCitation> -->` }],
  ['a PMID faked', { before: '<!-- </PMID> --><PMID Version="1">5</PMID><!-- <Article  -->' }],
  ['the abstract before the title', { article: '<Abstract><AbstractText>robot</AbstractText></Abstract><ArticleTitle>x</ArticleTitle>' }],
  [
    'a blank in the tag of the abstract',
    { article: '<ArticleTitle>x</ArticleTitle><Abstract ><AbstractText>robot</AbstractText></Abstract>' },
  ],
  ['an abstract of very many words', { article: `${TITLE}<Abstract><AbstractText>${'w '.repeat(4e6)}</AbstractText></Abstract>` }],
])('the scan reads as the conforming reader does: %s', async (_, pieces) => {
  const xml = articleSet(record(pieces));
  writeFileSync(file.path, xml);
  const [wanted] = (await readAll(xml)).map((item) => (item.kind === 'article' ? item.record : null));
  expect(wanted).toMatchObject({ pmid: 5 });
  const { rows, unusual } = await readMatches(file, matcher, (read) => read);
  expect([rows, unusual]).toEqual([[wanted], null]);
  const { rows: outlines } = await readOutlines(file, matcher);
  const { title, abstract, year } = wanted!;
  expect(outlines).toMatchObject([{ outline: { year, hasAbstract: abstract !== null, texts: { title, abstract } } }]);
});
