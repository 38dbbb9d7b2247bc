import type { Fetcher } from '../../clients/http/ports';
import { cutByContent } from '../../clients/openalex/batches';
import { FILTER_URL_BYTES } from '../../clients/openalex/list';
import { worksByDois, worksByPmids } from '../../clients/openalex/lookup';
import { readWork, type WorkRecord } from '../../clients/openalex/records';
import { workSingly } from '../../clients/openalex/single';
import { sql, type Relation, type Sql } from '../../dag/sql';
import { complete } from './work';

/** Finds works of PubMed articles. One answer may hold several works of one key. */
export interface WorkFinder {
  byPmids(pmids: readonly number[]): Promise<ReadonlyMap<number, readonly WorkRecord[]>>;
  byDois(dois: readonly string[]): Promise<ReadonlyMap<string, readonly WorkRecord[]>>;
  singly(pmid: number): Promise<readonly WorkRecord[]>;
  /** The same work with all its authors. */
  complete(work: WorkRecord): Promise<WorkRecord>;
}

/** Asks the API. */
export function apiWorks(fetcher: Fetcher, signal: AbortSignal): WorkFinder {
  return {
    byPmids: async (pmids) => (await worksByPmids(fetcher, pmids, signal)).matches,
    /** DOIs are long: a batch must also fit the address of a request. */
    async byDois(dois) {
      const found = new Map<string, WorkRecord[]>();
      for (const batch of cutByContent(dois, { maxUrlBytes: FILTER_URL_BYTES })) {
        const { matches } = await worksByDois(fetcher, batch, signal);
        for (const [doi, works] of matches) found.set(doi, works);
      }
      return found;
    },
    /** Free of charge; a work that holds several PubMed records names only one of them in lists. */
    singly: async (pmid) => (await workSingly(fetcher, { pmid }, { signal })).works,
    complete: (work) => complete(fetcher, work, signal),
  };
}

type Query = <T>(statement: Sql) => Promise<T[]>;

/** Reads `source/openalex-snapshot-works`. Its records are whole, and name one PMID each: there is no third way to find one. */
export function snapshotWorks(query: Query, works: Relation): WorkFinder {
  const found = async <Key>(where: Sql, keyOf: (work: WorkRecord) => Key | null): Promise<Map<Key, WorkRecord[]>> => {
    const groups = new Map<Key, WorkRecord[]>();
    for (const work of await storedWorks(query, works, where)) {
      const key = keyOf(work);
      if (key !== null) groups.set(key, [...(groups.get(key) ?? []), work]);
    }
    return groups;
  };
  return {
    byPmids: (pmids) => found(sql`pmid = any(${[...pmids]}::int[])`, ({ pmid }) => pmid),
    byDois: (dois) => found(sql`doi = any(${[...dois]}::text[])`, ({ doi }) => doi),
    singly: () => Promise.resolve([]),
    complete: (work) => Promise.resolve(work),
  };
}

/** Works of `source/openalex-snapshot-works` that count. */
export async function storedWorks(query: Query, works: Relation, where: Sql): Promise<WorkRecord[]> {
  const rows = await query<{ record: string }>(sql`select record from ${works} as works where left_out is null and ${where} order by work`);
  return rows.map(({ record }) => readWork(JSON.parse(record), 'single'));
}
