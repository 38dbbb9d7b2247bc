import { escaped } from '../markup';
import type { Article } from './articles';
import { authorList } from './xml-authors';
import { affixes } from './xml-affixes';

const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const seasons = ['Winter', 'Spring', 'Summer', 'Fall'];

const two = (value: number) => String(value).padStart(2, '0');
export const dateParts = (year: number, month: number, day: number) =>
  `<Year>${year}</Year><Month>${two(month)}</Month><Day>${two(day)}</Day>`;

/** Five forms of MedlineDate, a season, and the plain forms. All of them give the article's year by the rule of text-rules. */
export function pubDate({ year, month, day, number, features }: Article): string {
  const name = monthNames[month - 1] ?? 'Jan';
  const season = seasons[Math.floor((month - 1) / 3)] ?? 'Winter';
  const medline = [
    `${year} ${name}-Dec`,
    `${year} ${name} 1-${day}`,
    `${season} ${year}`,
    `${year} Dec-${year + 1} Jan`,
    `${year}-${year + 1}`,
  ];
  if (features.has('medline-date')) return `<MedlineDate>${medline[number % medline.length]}</MedlineDate>`;
  if (features.has('season')) return `<Year>${year}</Year><Season>${season}</Season>`;
  if (features.has('year-only')) return `<Year>${year}</Year>`;
  return `<Year>${year}</Year><Month>${number % 3 === 0 ? two(month) : name}</Month>${number % 2 === 0 ? `<Day>${two(day)}</Day>` : ''}`;
}

const categories: Record<string, string> = {
  BACKGROUND: 'BACKGROUND',
  METHODS: 'METHODS',
  RESULTS: 'RESULTS',
  CONCLUSIONS: 'CONCLUSIONS',
  UNLABELLED: 'UNASSIGNED',
};

function abstractText(article: Article, copyright: string): string {
  const parts = article.text.parts.map(({ label, markup }) => {
    const attributes = label === null ? '' : ` Label="${label}" NlmCategory="${categories[label] ?? 'UNASSIGNED'}"`;
    return `\n        <AbstractText${attributes}>${markup}</AbstractText>`;
  });
  return parts.length === 0 ? '' : `\n      <Abstract>${parts.join('')}${copyright}\n      </Abstract>`;
}

function journalElement({ journal, number }: Article, date: string): string {
  const issn =
    journal.print !== null && number % 2 === 0
      ? `<ISSN IssnType="Print">${journal.print}</ISSN>`
      : `<ISSN IssnType="Electronic">${journal.electronic}</ISSN>`;
  return `<Journal>${issn}<JournalIssue CitedMedium="Internet"><Volume>${1 + (number % 60)}</Volume><Issue>${1 + (number % 12)}</Issue><PubDate>${date}</PubDate></JournalIssue><Title>${escaped(journal.title)}</Title><ISOAbbreviation>${escaped(journal.abbreviation)}</ISOAbbreviation></Journal>`;
}

function articleDate({ openalexYear, year, month, day }: Article): string {
  return openalexYear === year ? '' : `\n      <ArticleDate DateType="Electronic">${dateParts(openalexYear, month, day)}</ArticleDate>`;
}

function elocation({ doi, features }: Article): string {
  if (doi === null) return '';
  const wrong = features.has('invalid-doi') ? '<ELocationID EIdType="doi" ValidYN="N">10.5555/withdrawn.0</ELocationID>' : '';
  return features.has('doi-in-id-list') ? wrong : `${wrong}<ELocationID EIdType="doi" ValidYN="Y">${escaped(doi)}</ELocationID>`;
}

function publicationTypes({ retracted, features }: Article): string {
  const types = ['Journal Article', ...(retracted ? ['Retracted Publication'] : []), ...(features.has('review') ? ['Review'] : [])];
  return `<PublicationTypeList>${types.map((type) => `<PublicationType UI="D016428">${type}</PublicationType>`).join('')}</PublicationTypeList>`;
}

function pubmedData({ pmid, doi, openalexYear, month, day, number }: Article, references: string): string {
  const entrez = `<PubMedPubDate PubStatus="entrez">${dateParts(openalexYear, month, day)}<Hour>6</Hour><Minute>0</Minute></PubMedPubDate>`;
  const pubmed = `<PubMedPubDate PubStatus="pubmed">${dateParts(openalexYear, month, day)}</PubMedPubDate>`;
  const ids = [
    `<ArticleId IdType="pubmed">${pmid}</ArticleId>`,
    ...(doi === null ? [] : [`<ArticleId IdType="doi">${escaped(doi)}</ArticleId>`]),
    `<ArticleId IdType="pii">S${number}</ArticleId>`,
  ];
  return `\n    <PubmedData>\n      <History>${pubmed}${entrez}</History>\n      <PublicationStatus>ppublish</PublicationStatus>\n      <ArticleIdList>${ids.join('')}</ArticleIdList>${references}\n    </PubmedData>`;
}

/** Prints an article as NLM does in the bulk files; `version` above 1 is rare, and the highest wins. */
export function articleXml(article: Article, version = 1): string {
  const { pmid, journal, features, text } = article;
  const affix = affixes(article);
  const language = features.has('not-english') ? 'ger' : 'eng';
  const title = features.has('not-english') ? `[${text.title}]` : text.title;
  const vernacular = features.has('not-english') ? '\n      <VernacularTitle>Eine synthetische Überschrift.</VernacularTitle>' : '';
  return `<PubmedArticle>
    <MedlineCitation Status="MEDLINE" Owner="NLM">
      <PMID Version="${version}">${pmid}</PMID>
      <DateRevised><Year>2026</Year><Month>01</Month><Day>02</Day></DateRevised>
      <Article PubModel="Print-Electronic">${journalElement(article, pubDate(article))}
      <ArticleTitle>${title}</ArticleTitle>
      <Pagination><MedlinePgn>${article.number % 900}-${(article.number % 900) + 9}</MedlinePgn></Pagination>
      ${elocation(article)}${abstractText(article, affix.copyright)}${affix.affiliation}
      ${authorList(article)}
      <Language>${language}</Language>${publicationTypes(article)}${vernacular}${articleDate(article)}
      </Article>
      <MedlineJournalInfo><Country>Nowhere</Country><MedlineTA>${escaped(journal.abbreviation)}</MedlineTA><NlmUniqueID>${journal.nlmId}</NlmUniqueID><ISSNLinking>${journal.print ?? journal.electronic}</ISSNLinking></MedlineJournalInfo>${affix.mesh}${affix.otherAbstract}${affix.keywords}
    </MedlineCitation>${pubmedData(article, affix.references)}
  </PubmedArticle>`;
}
