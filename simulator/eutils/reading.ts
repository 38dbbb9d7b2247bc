import type { PubmedHolding } from '../holdings';
import { plain } from '../markup';
import { folded } from './folding';

/** What a search can see of a PubMed record. Dates are `YYYY/MM/DD`. */
export interface Searchable {
  pmid: number;
  /** Title and abstract parts in search form; no phrase spans two of them. */
  texts: string[];
  /** Print and electronic dates: a year slice may find a record in two years, as at the real service. */
  published: string[];
  /** The one Entrez date. */
  entered: string;
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

const inside = (xml: string, name: string) => new RegExp(`<${name}(?:\\s[^>]*)?>(.*?)</${name}>`, 's').exec(xml)?.[1] ?? null;
const all = (xml: string, name: string) =>
  [...xml.matchAll(new RegExp(`<${name}(?:\\s[^>]*)?>(.*?)</${name}>`, 'gs'))].map((match) => match[1] ?? '');

/** Reads a raw PubmedArticle or PubmedBookArticle for searching. */
export function searchable({ pmid, xml }: PubmedHolding): Searchable {
  const abstract = inside(xml.replace(/<OtherAbstract.*?<\/OtherAbstract>/gs, ''), 'Abstract') ?? '';
  const title = inside(xml, 'ArticleTitle') ?? inside(xml, 'BookTitle') ?? '';
  const texts = [title, ...all(abstract, 'AbstractText')].map((part) => folded(plain(part)));
  const published = [inside(xml, 'PubDate'), inside(xml, 'ArticleDate')].flatMap((date) => slashed(date) ?? []);
  return { pmid, texts, published, entered: entrezDate(xml) ?? published[0] ?? '1900/01/01' };
}

function entrezDate(xml: string): string | null {
  const history = [...xml.matchAll(/<PubMedPubDate PubStatus="(\w+)">(.*?)<\/PubMedPubDate>/gs)];
  const dates = new Map(history.map((match) => [match[1] ?? '', match[2] ?? '']));
  return slashed(dates.get('entrez') ?? dates.get('pubmed') ?? null) ?? slashed(inside(xml, 'DateRevised'));
}

/** A missing month or day counts as the first one, which is how day-level slices go wrong at the real service. */
function slashed(date: string | null): string | null {
  if (date === null) return null;
  const year = inside(date, 'Year') ?? /(?:18|19|20)\d\d/.exec(inside(date, 'MedlineDate') ?? '')?.[0];
  if (year === undefined) return null;
  const month = monthNumber(inside(date, 'Month') ?? '1');
  return [year, String(month).padStart(2, '0'), (inside(date, 'Day') ?? '1').padStart(2, '0')].join('/');
}

function monthNumber(month: string): number {
  const named = months.indexOf(month.slice(0, 3).toLowerCase());
  return named >= 0 ? named + 1 : Number(month) || 1;
}
