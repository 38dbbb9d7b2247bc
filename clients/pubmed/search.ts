import { BadRequest } from '../http/errors';
import type { Fetcher } from '../http/ports';
import { ESEARCH_MAX_HITS } from '../http/verdict/eutils';
import { readSearchAnswer, type SearchAnswer } from './search-answer';

/** Days as PubMed writes them, `YYYY/MM/DD`, both included. */
export interface Days {
  from: string;
  to: string;
}

/** A search and the days of publication (print or electronic) that it covers. */
export interface SearchWindow extends Days {
  term: string;
  /** Days of entry into PubMed. Each record has exactly one, so windows that differ only here are disjoint. */
  entered?: Days | null;
  /** Most PMIDs to bring. Default 9,999: no more can be had of one search. */
  cap?: number;
}

export interface SearchOptions {
  signal?: AbortSignal;
  /** Ask again what the archive has. */
  fresh?: boolean;
}

export interface Found extends SearchAnswer {
  cached: boolean;
}

const day = /^\d{4}\/\d{2}\/\d{2}$/;

/**
 * How many records a search finds and the first PMIDs of them, up to `cap`. By POST, without a stored result, so that the answer can be archived.
 * @throws ServiceError; an `ERROR` or a missing `Count` is a failed request, not zero
 */
export async function searchWindow(fetcher: Fetcher, window: SearchWindow, { signal, fresh }: SearchOptions = {}): Promise<Found> {
  const { from, to, cap = ESEARCH_MAX_HITS } = window;
  for (const text of [from, to]) requireDay(text);
  const form = {
    db: 'pubmed',
    term: termOf(window),
    retmode: 'xml',
    retmax: String(cap),
    datetype: 'pdat',
    mindate: from,
    maxdate: to,
  };
  const answer = await fetcher.fetch({ service: 'eutils', method: 'POST', path: '/esearch.fcgi', form, accept: 'xml', fresh }, signal);
  return { ...readSearchAnswer(answer.body.toString('utf8')), cached: answer.cached };
}

function termOf({ term, entered }: SearchWindow): string {
  if (entered == null) return term;
  for (const text of [entered.from, entered.to]) requireDay(text);
  return `(${term}) AND ("${entered.from}"[EDAT] : "${entered.to}"[EDAT])`;
}

function requireDay(text: string): void {
  if (!day.test(text))
    throw new BadRequest(`Expected a day as YYYY/MM/DD, got "${text}" (PubMed search). Pad month and day to two digits.`);
}
