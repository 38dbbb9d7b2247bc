import { childrenOf, first, textOf, type XmlElement } from './element';
import type { YearSource } from './record';

interface DatedYear {
  year: number | null;
  yearFrom: YearSource | null;
}

/** The year of publication: PubDate, else the first year in MedlineDate ("Winter 2018", "1998 Dec-1999 Jan"), else ArticleDate, else the day PubMed took it in. */
export function readYear(pubmedArticle: XmlElement): DatedYear {
  const article = first(pubmedArticle, 'MedlineCitation', 'Article');
  const pubDate = first(article, 'Journal', 'JournalIssue', 'PubDate');
  const history = childrenOf(first(pubmedArticle, 'PubmedData', 'History'), 'PubMedPubDate');
  const entrez = history.filter((date) => date.attributes.get('PubStatus') === 'pubmed');
  return (
    dated('pubdate', years([pubDate])) ??
    dated('medlinedate', firstYear(textOf(first(pubDate, 'MedlineDate')))) ??
    dated('articledate', years(childrenOf(article, 'ArticleDate'))) ??
    dated('entrez', years(entrez)) ?? { year: null, yearFrom: null }
  );
}

function dated(yearFrom: YearSource, year: number | null): DatedYear | null {
  return year === null ? null : { year, yearFrom };
}

function years(dates: (XmlElement | undefined)[]): number | null {
  const text = dates.map((date) => textOf(first(date, 'Year'))).find((year) => year !== null && /^\d{4}$/.test(year));
  return text == null ? null : Number(text);
}

function firstYear(text: string | null): number | null {
  const year = /(?<!\d)\d{4}(?!\d)/.exec(text ?? '')?.[0];
  return year === undefined ? null : Number(year);
}
