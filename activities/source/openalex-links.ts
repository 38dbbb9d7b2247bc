import { cutByContent } from '../../clients/openalex/batches';
import { FILTER_URL_BYTES } from '../../clients/openalex/list';
import { worksByDois, worksByPmids } from '../../clients/openalex/lookup';
import type { WorkRecord } from '../../clients/openalex/records';
import { workSingly } from '../../clients/openalex/single';
import type { Fetcher } from '../../clients/http/ports';
import { sql } from '../../dag/sql';
import { bylineOf, complete } from '../reading/work';
import pubmedMatches from '../sample/pubmed-matches';
import { step } from '../step';

/** PMIDs in one OR filter. */
const PMIDS = 100;

interface Asked {
  readonly pmid: number;
  readonly doi: string | null;
}

interface Linked {
  readonly asked: Asked;
  readonly work: WorkRecord;
  readonly via: 'pmid' | 'doi' | 'single';
}

export default step({
  id: 'source/openalex-links',
  doc: 'OpenAlex works of the PubMed articles: by PMID, else by DOI, else singly; every candidate is kept, the best one marked',
  queue: 'openalex',
  vintage: true,
  inputs: { matches: pubmedMatches },
  output: {
    pmid: ['integer', 'PubMed identifier'],
    work: ['text', 'OpenAlex work id, W…'],
    via: ['text', 'what linked them: pmid, doi or single'],
    best: ['boolean', 'the work that stands for the article: equal DOI, then more citations, then smaller id'],
    doi: ['text', 'DOI by OpenAlex'],
    year: ['smallint', 'publication year by OpenAlex'],
    source: ['text', 'OpenAlex source id'],
    issns: ['text[]', 'ISSNs by OpenAlex'],
    retracted: ['boolean', 'flagged as retracted'],
    byline: ['jsonb', 'authorships in order, complete'],
    concepts: ['jsonb', '[{ id, level, score }]'],
    topics: ['jsonb', '[{ id, score, subfield, field, domain }]'],
  },
  shards: ({ matches }) => matches.eachBatch('pmid', PMIDS, ['doi']),
  async run({ shard, inputs, services, write, query, signal }) {
    const { from, to } = shard.value as unknown as { from: number; to: number };
    const asked = await query<Asked>(
      sql`select pmid, max(doi) as doi from ${inputs.matches} as matches where pmid between ${from} and ${to} group by 1 order by 1`,
    );
    const linked = await linkAll(services.fetcher, asked, signal);
    for (const found of byPmid(linked).values()) {
      const best = bestOf(found);
      for (const link of found) write([await rowOf(services.fetcher, link, link === best, signal)]);
    }
  },
});

async function linkAll(fetcher: Fetcher, asked: readonly Asked[], signal: AbortSignal): Promise<Linked[]> {
  const first = await worksByPmids(
    fetcher,
    asked.map((row) => row.pmid),
    signal,
  );
  const links = asked.flatMap((row) => (first.matches.get(row.pmid) ?? []).map((work): Linked => ({ asked: row, work, via: 'pmid' })));
  const left = asked.filter((row) => !first.matches.has(row.pmid));
  const withDoi = left.filter((row) => row.doi !== null);
  const byDoi = await linksByDoi(
    fetcher,
    withDoi.map((row) => row.doi!),
    signal,
  );
  for (const row of left) {
    const works = row.doi === null ? [] : (byDoi.get(row.doi) ?? []);
    links.push(...works.map((work): Linked => ({ asked: row, work, via: 'doi' })));
    if (works.length === 0) links.push(...(await linkSingly(fetcher, row, signal)));
  }
  return links;
}

/** DOIs are long: a batch must also fit the address of a request. */
async function linksByDoi(fetcher: Fetcher, dois: readonly string[], signal: AbortSignal): Promise<Map<string, WorkRecord[]>> {
  const found = new Map<string, WorkRecord[]>();
  for (const batch of cutByContent(dois, { maxUrlBytes: FILTER_URL_BYTES })) {
    const { matches } = await worksByDois(fetcher, batch, signal);
    for (const [doi, works] of matches) found.set(doi, works);
  }
  return found;
}

/** Free of charge; a work that holds several PubMed records names only one of them in lists. */
async function linkSingly(fetcher: Fetcher, asked: Asked, signal: AbortSignal): Promise<Linked[]> {
  const { works } = await workSingly(fetcher, { pmid: asked.pmid }, { signal });
  return works.map((work) => ({ asked, work, via: 'single' }));
}

function byPmid(links: readonly Linked[]): Map<number, Linked[]> {
  const groups = new Map<number, Linked[]>();
  for (const link of links) groups.set(link.asked.pmid, [...(groups.get(link.asked.pmid) ?? []), link]);
  return groups;
}

function bestOf(links: readonly Linked[]): Linked {
  const rank = ({ asked, work }: Linked): [number, number, number, number] => [
    work.doi !== null && work.doi === asked.doi ? 0 : 1,
    work.indexedIn.includes('pubmed') ? 0 : 1,
    -(work.citedByCount ?? 0),
    Number(work.id.slice(1)),
  ];
  return [...links].sort((a, b) => compare(rank(a), rank(b)))[0]!;
}

function compare(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((value, index) => value !== b[index]);
  return at < 0 ? 0 : a[at]! - b[at]!;
}

async function rowOf(fetcher: Fetcher, { asked, work: listed, via }: Linked, best: boolean, signal: AbortSignal) {
  const work = await complete(fetcher, listed, signal);
  const topics = work.topics.map((topic) => ({ ...topic }));
  const { id, doi, year, source, retracted, concepts } = work;
  return {
    pmid: asked.pmid,
    work: id,
    via,
    best,
    doi,
    year,
    source: source?.id ?? null,
    issns: source?.issns ?? [],
    retracted,
    byline: bylineOf(work),
    concepts,
    topics,
  };
}
