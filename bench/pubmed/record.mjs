import { articleIds, authorList, keywordList, referenceList, subjects, substances } from './lists.mjs';
import { texts } from './text.mjs';

const two = (value) => String(value).padStart(2, '0');
const day = (stream) => `<Month>${two(1 + stream.below(12))}</Month>\n        <Day>${two(1 + stream.below(28))}</Day>`;

/** One record as NLM prints it, the bytes of its title and abstract, and whether a keyword stands in them. */
export function record(stream, { pmid, year, journal }) {
  const { text, hit, title, abstract } = texts(stream);
  const doi = `10.${1000 + journal.id}/j.${year}.${pmid}`;
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
    `        <ELocationID EIdType="doi" ValidYN="Y">${doi}</ELocationID>`,
    ...abstract,
    authorList(stream, year),
    '        <Language>eng</Language>',
    '        <PublicationTypeList>\n          <PublicationType UI="D016428">Journal Article</PublicationType>\n        </PublicationTypeList>',
    '      </Article>',
    `      <MedlineJournalInfo>\n        <Country>England</Country>\n        <MedlineTA>${journal.short}</MedlineTA>\n        <NlmUniqueID>${journal.nlm}</NlmUniqueID>\n        <ISSNLinking>${journal.issn}</ISSNLinking>\n      </MedlineJournalInfo>`,
    ...substances(text),
    '      <CitationSubset>IM</CitationSubset>',
    ...subjects(text),
    ...(stream.chance(0.02) ? [otherAbstract] : []),
    ...keywordList(text),
    '    </MedlineCitation>',
    '    <PubmedData>',
    history(stream, year),
    '      <PublicationStatus>ppublish</PublicationStatus>',
    `      ${articleIds(pmid, doi)}`,
    ...referenceList(text, { year, journal }),
    '    </PubmedData>',
    '  </PubmedArticle>',
  ];
  return { xml: lines.join('\n'), read: Buffer.byteLength(title + abstract.join('')), hit };
}

const otherAbstract =
  '      <OtherAbstract Type="Publisher" Language="spa">\n        <AbstractText>Deep learning y machine learning.</AbstractText>\n      </OtherAbstract>';

function date(name, year, stream) {
  return `      <${name}>\n        <Year>${year}</Year>\n        ${day(stream)}\n      </${name}>`;
}

function journalOf({ issn, title, short }, year, stream) {
  const when = stream.chance(0.025)
    ? `<MedlineDate>${year} Jan-Feb</MedlineDate>`
    : `<Year>${year}</Year>\n              <Month>Jan</Month>`;
  return `        <Journal>\n          <ISSN IssnType="Electronic">${issn}</ISSN>\n          <JournalIssue CitedMedium="Internet">\n            <Volume>${stream.below(90)}</Volume>\n            <Issue>${stream.below(12)}</Issue>\n            <PubDate>\n              ${when}\n            </PubDate>\n          </JournalIssue>\n          <Title>${title}</Title>\n          <ISOAbbreviation>${short}</ISOAbbreviation>\n        </Journal>`;
}

/** The journal's own days are known of newer records only. */
function history(stream, year) {
  const entry = (status, more) =>
    `        <PubMedPubDate PubStatus="${status}">\n          <Year>${year}</Year>\n          <Month>${1 + stream.below(12)}</Month>\n          <Day>${1 + stream.below(28)}</Day>${more}\n        </PubMedPubDate>`;
  const journals = year < 2005 ? [] : ['received', 'accepted'].map((status) => entry(status, ''));
  const hour = `\n          <Hour>${stream.below(24)}</Hour>\n          <Minute>0</Minute>`;
  const days = [...journals, ...['pubmed', 'medline', 'entrez'].map((status) => entry(status, hour))];
  return `      <History>\n${days.join('\n')}\n      </History>`;
}
