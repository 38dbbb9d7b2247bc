import { BrokenAnswer } from '../http/errors';
import type { Fetcher } from '../http/ports';
import { fetchList, type List, type ListWish, PAGE_SIZE } from './list';
import { type Refused, readRows } from './rows';

export interface CrawlOptions {
  signal?: AbortSignal;
  /** Go on here: the `cursor` of the last page that was stored. */
  cursor?: string;
  /** Ids already stored under this crawl. Without them a resumed crawl cannot tell whether it is complete. */
  seen?: Iterable<string>;
  /** Ask again what the archive has: for a crawl that came out short. */
  fresh?: boolean;
}

/** How a finished crawl compares with what the service said. Orders shift while one pages, so gaps and repeats are normal in long crawls. */
export interface Tally {
  distinct: number;
  firstCount: number;
  lastCount: number;
  /** Whether at least the smaller of both counts arrived. */
  complete: boolean;
}

export interface Page<Row> {
  /** Rows not seen before in this crawl. */
  rows: Row[];
  refused: Refused[];
  /** Rows left out because they came before. */
  repeated: number;
  /** Where to go on once the rows are stored; null at the end. */
  cursor: string | null;
  /** Rows of the whole list, as the service counts them now. */
  count: number;
  /** On the last page, if the whole crawl is known. */
  tally: Tally | null;
}

export interface CrawlPlan<Row> extends Pick<ListWish, 'path' | 'filter' | 'select'> {
  read: (raw: unknown) => Row;
}

/** Pages through a list by cursor. @throws ServiceError; BrokenAnswer if a cursor comes twice */
export async function* crawl<Row extends { id: string }>(
  fetcher: Fetcher,
  plan: CrawlPlan<Row>,
  options: CrawlOptions = {},
): AsyncGenerator<Page<Row>> {
  const whole = options.cursor === undefined || options.cursor === '*' || options.seen !== undefined;
  const seen = new Set(options.seen);
  const passed = new Set<string>();
  let refusedSoFar = 0;
  let firstCount: number | null = null;
  let cursor: string | null = options.cursor ?? '*';
  while (cursor !== null) {
    passed.add(cursor);
    const list = await ask(fetcher, { ...plan, cursor }, { ...options, passed, known: whole ? seen.size + refusedSoFar : null });
    const { rows, refused } = readRows(list.results, plan.read);
    const fresh = rows.filter(({ id }) => !seen.has(id) && seen.add(id));
    firstCount ??= list.count;
    refusedSoFar += refused.length;
    const arrived = seen.size + refusedSoFar;
    // Older recordings end with an empty page; when all have come there is no need to pay for it.
    const ended = list.next === null || list.results.length === 0 || (whole && arrived >= list.count);
    cursor = ended ? null : list.next;
    requireNew(cursor, passed, plan);
    const tally = ended && whole ? tallyOf(arrived, firstCount, list.count) : null;
    yield { rows: fresh, refused, repeated: rows.length - fresh.length, cursor, count: list.count, tally };
  }
}

/** Compares the rows that came with the first and the last count. */
export function tallyOf(distinct: number, firstCount: number, lastCount: number): Tally {
  return { distinct, firstCount, lastCount, complete: distinct >= Math.min(firstCount, lastCount) };
}

/**
 * A short last page before all rows have come may be an overloaded search, and a cursor that was there before leads in a circle: such a page is
 * asked for once more. A short page of the archive is not, so that a rebuild from the archive sends nothing.
 */
async function ask(fetcher: Fetcher, wish: ListWish, { known, passed, fresh, signal }: Asking): Promise<List> {
  const list = await fetchList(fetcher, { ...wish, fresh }, signal);
  const circular = list.next !== null && passed.has(list.next);
  const lastAndShort = list.next === null && list.results.length < PAGE_SIZE;
  const short = !list.cached && known !== null && lastAndShort && known + list.results.length < list.count;
  return circular || short ? fetchList(fetcher, { ...wish, fresh: true }, signal) : list;
}

interface Asking extends CrawlOptions {
  /** Rows that came before; null if that is not known. */
  readonly known: number | null;
  /** Cursors that were used before, this one included. */
  readonly passed: ReadonlySet<string>;
}

function requireNew(cursor: string | null, passed: Set<string>, { path, filter }: Pick<ListWish, 'path' | 'filter'>): void {
  if (cursor === null || !passed.has(cursor)) return;
  throw new BrokenAnswer(
    `Expected a new cursor after each page, got one a second time (openalex ${path} ${filter.slice(0, 100)}). Start the list again.`,
  );
}
