import { BadRequest, BrokenAnswer } from '../http/errors';
import type { Fetcher } from '../http/ports';
import { ESEARCH_MAX_HITS } from '../http/verdict/eutils';
import { entryDaysAround, halves } from './entry-days';
import { type Found, type SearchOptions, type SearchWindow, searchWindow } from './search';

export interface Slice extends SearchWindow {
  year: number;
  count: number;
}

export interface YearCount {
  year: number;
  /** Hits of the whole year, as PubMed counts them. */
  count: number;
  /** Hits of its slices together: at least `count`, more when records left PubMed meanwhile. */
  sum: number;
}

export interface Slicing {
  term: string;
  /** First and last year of publication, both included. */
  years: readonly [number, number];
  /** Most hits of a slice. Default 9,999: no more can be had of one search. */
  cap?: number;
}

/**
 * Cuts a search into windows of at most `cap` hits: by year of publication, then by halves of the days of entry. The same searches give the PMIDs,
 * so `searchWindow` on a slice comes from the archive. Years overlap (print and electronic date both count): take the PMIDs as a set.
 * Slices that together have fewer hits than their year are searched anew.
 * @throws BadRequest if a single day of entry has more hits than `cap`; BrokenAnswer if slices stay short of their year
 */
export async function sliceWindows(
  fetcher: Fetcher,
  { term, years: [first, last], cap = ESEARCH_MAX_HITS }: Slicing,
  options: SearchOptions = {},
): Promise<{ slices: Slice[]; years: YearCount[] }> {
  const slices: Slice[] = [];
  const years: YearCount[] = [];
  for (let year = first; year <= last; year++) {
    const cut = { window: { term, from: `${year}/01/01`, to: `${year}/12/31`, entered: null, cap }, year };
    const first = await sliceYear(fetcher, cut, options);
    // PubMed grows while one searches: what came meanwhile is looked for once more.
    const { parts, count, sum } = first.sum >= first.count ? first : await sliceYear(fetcher, cut, { ...options, fresh: true });
    if (sum < count) throw leftOut(year, { count, sum });
    slices.push(...parts.filter((part) => part.count > 0));
    years.push({ year, sum, count });
  }
  return { slices, years };
}

async function sliceYear(fetcher: Fetcher, { window, year }: Cut, options: SearchOptions) {
  const whole = await searchWindow(fetcher, window, options);
  const fits = whole.count <= window.cap;
  const parts = fits ? [{ ...window, year, count: whole.count }] : await cutYear(fetcher, { window, year }, options);
  const sum = parts.reduce((total, { count }) => total + count, 0);
  return { parts, sum, count: sum === whole.count ? sum : await countAgain(fetcher, { window, whole }, options) };
}

interface Cut {
  window: SearchWindow & { cap: number };
  year: number;
}

async function cutYear(fetcher: Fetcher, { window, year }: Cut, options: SearchOptions): Promise<Slice[]> {
  const open = entryDaysAround(year).reverse();
  const slices: Slice[] = [];
  for (let entered = open.pop(); entered !== undefined; entered = open.pop()) {
    const part = { ...window, entered };
    const { count } = await searchWindow(fetcher, part, options);
    if (count <= window.cap) {
      slices.push({ ...part, year, count });
      continue;
    }
    const both = halves(entered);
    if (both === null) throw tooFull({ ...part, year, count }, window.cap);
    open.push(both[1], both[0]);
  }
  return slices;
}

/** PubMed grows while one searches: the count of the year was taken before those of its parts. Archived counts stay as they are. */
async function countAgain(
  fetcher: Fetcher,
  { window, whole }: { window: SearchWindow; whole: Found },
  options: SearchOptions,
): Promise<number> {
  if (whole.cached) return whole.count;
  return (await searchWindow(fetcher, window, { ...options, fresh: true })).count;
}

function leftOut(year: number, { count, sum }: Pick<YearCount, 'count' | 'sum'>): BrokenAnswer {
  return new BrokenAnswer(
    `Expected the slices of ${year} to have its ${count} hits, got ${sum} (PubMed search). PubMed is changing or left some out twice; try again later.`,
  );
}

function tooFull({ entered, year, count }: Slice, cap: number): BadRequest {
  return new BadRequest(
    `Expected at most ${cap} hits on one day of entry, got ${count} (PubMed search, published ${year}, entered ${entered?.from}). Narrow the search term, or use the bulk files.`,
  );
}
