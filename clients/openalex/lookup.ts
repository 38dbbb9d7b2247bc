import { BrokenAnswer, ServerTrouble } from '../http/errors';
import type { Fetcher } from '../http/ports';
import { orList } from './crawls';
import { normaliseDoi } from './doi';
import { fields } from './fields';
import { fetchList, PAGE_SIZE } from './list';
import { readWork, type WorkRecord } from './records';
import { type Refused, readRows } from './rows';
import { workSingly } from './single';

export interface Looked<Key> {
  /** Works that carry a key that was asked for, each once. */
  works: WorkRecord[];
  /** Which works carry which key: by their own ids, never by their place in the answer. Several works may carry one. */
  matches: Map<Key, WorkRecord[]>;
  /** Keys no work carries. */
  missing: Key[];
  /** Works that came although they carry none of the keys. */
  foreign: WorkRecord[];
  refused: Refused[];
}

interface Lookup<Key> {
  filter: (keys: readonly Key[]) => string;
  keyOf: (work: WorkRecord) => Key | null;
}

const byPmid: Lookup<number> = { filter: (pmids) => `pmid:${orList(pmids.map(String), /^\d+$/)}`, keyOf: ({ pmid }) => pmid };
const byDoi: Lookup<string> = { filter: (dois) => `doi:${orList(dois, /^10\.\S+$/)}`, keyOf: ({ doi }) => doi };

/** Works by PMID, at most 100 at once. One credit for each 100 rows. */
export async function worksByPmids(fetcher: Fetcher, pmids: readonly number[], signal?: AbortSignal): Promise<Looked<number>> {
  const rows = await lookUp(fetcher, { keys: pmids, ...byPmid }, signal);
  return assigned(pmids, rows, byPmid.keyOf);
}

/** Works by DOI, at most 100 at once. DOIs that a filter cannot hold (comma, bar, quote, plus, blank) are looked up singly, which is free. */
export async function worksByDois(fetcher: Fetcher, dois: readonly string[], signal?: AbortSignal): Promise<Looked<string>> {
  const keys = dois.map((doi) => normaliseDoi(doi) ?? doi);
  const plain = keys.filter(fitsFilter);
  const listed = plain.length === 0 ? { rows: [], refused: [] } : await lookUp(fetcher, { keys: plain, ...byDoi }, signal);
  const works = [...listed.rows];
  const refused = [...listed.refused];
  for (const doi of keys.filter((key) => !fitsFilter(key))) {
    const single = await workSingly(fetcher, { doi }, { signal });
    works.push(...single.works);
    refused.push(...single.refused);
  }
  return assigned(keys, { rows: works, refused }, byDoi.keyOf);
}

/** Whether a DOI can stand in an OR filter. Quoting would protect a single value, not a member of a list. */
export function fitsFilter(doi: string): boolean {
  return !/[,|"+\s]/.test(doi);
}

async function lookUp<Key>(
  fetcher: Fetcher,
  wish: Lookup<Key> & { keys: readonly Key[] },
  signal?: AbortSignal,
): Promise<{ rows: WorkRecord[]; refused: Refused[] }> {
  try {
    return await allPages(fetcher, wish.filter(wish.keys), signal);
  } catch (error) {
    const tooHeavy = error instanceof ServerTrouble && error.reason === 'query_timeout' && wish.keys.length > 1;
    if (!tooHeavy) throw error;
    const middle = Math.ceil(wish.keys.length / 2);
    const low = await lookUp(fetcher, { ...wish, keys: wish.keys.slice(0, middle) }, signal);
    const high = await lookUp(fetcher, { ...wish, keys: wish.keys.slice(middle) }, signal);
    return { rows: [...low.rows, ...high.rows], refused: [...low.refused, ...high.refused] };
  }
}

/** All rows of a lookup. A row may come twice in place of another when the order shifts: then all pages are asked for once more. */
async function allPages(fetcher: Fetcher, filter: string, signal?: AbortSignal): Promise<{ rows: WorkRecord[]; refused: Refused[] }> {
  const first = await pagesOf(fetcher, filter, { signal });
  const found = first.short === 0 ? first : await pagesOf(fetcher, filter, { signal, fresh: true });
  if (found.short === 0) return found;
  throw new BrokenAnswer(
    `Expected ${found.rows.length + found.short} works, got ${found.rows.length} (openalex /works ${filter.slice(0, 100)}). The service left some out twice; try again later.`,
  );
}

/** By page, not by cursor: no empty last page to pay for, and it works without a key. */
async function pagesOf(fetcher: Fetcher, filter: string, { signal, fresh }: { signal?: AbortSignal; fresh?: boolean }) {
  const results: unknown[] = [];
  for (let page = 1; ; page++) {
    const list = await fetchList(fetcher, { path: '/works', filter, select: fields.link, page, fresh }, signal);
    results.push(...list.results);
    if (list.results.length > 0 && page * PAGE_SIZE < list.count) continue;
    const { rows, refused } = readRows(results, (raw) => readWork(raw));
    const distinct = [...new Map(rows.map((row) => [row.id, row])).values()];
    return { rows: distinct, refused, short: Math.max(0, list.count - distinct.length - refused.length) };
  }
}

function assigned<Key>(
  keys: readonly Key[],
  { rows, refused }: { rows: WorkRecord[]; refused: Refused[] },
  keyOf: (work: WorkRecord) => Key | null,
): Looked<Key> {
  const matches = new Map<Key, WorkRecord[]>(keys.map((key) => [key, []]));
  const foreign: WorkRecord[] = [];
  for (const work of new Map(rows.map((row) => [row.id, row])).values()) {
    const key = keyOf(work);
    const place = key === null ? undefined : matches.get(key);
    (place ?? foreign).push(work);
  }
  const missing = [...matches].filter(([, works]) => works.length === 0).map(([key]) => key);
  for (const key of missing) matches.delete(key);
  return { works: [...matches.values()].flat(), matches, missing, foreign, refused };
}
