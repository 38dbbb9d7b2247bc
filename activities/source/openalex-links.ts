import type { WorkRecord } from '../../clients/openalex/records';
import { sql } from '../../dag/sql';
import { clinicalBits, type ClinicalRule } from '../../methods/clinical';
import { invertedIndexToText } from '../../methods/inverted-index';
import { clinicalColumns, ownFilter } from '../reading/clinical';
import { bylineOf } from '../reading/work';
import { apiWorks, snapshotWorks, type WorkFinder } from '../reading/works';
import pubmedMatches from '../sample/pubmed-matches';
import { step } from '../step';
import openalexSnapshotWorks from './openalex-snapshot-works';

/** PMIDs in one OR filter. */
const PMIDS = 100;
/** PMIDs looked up at once in the works of a snapshot, which are searched from end to end each time. */
const STORED_PMIDS = 25_000;

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
  inputs: { matches: pubmedMatches, snapshot: openalexSnapshotWorks },
  params: (study) => ({ stored: study.openalex.route === 'snapshot', filter: ownFilter(study) }),
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
    has_abstract: ['boolean', 'whether OpenAlex has an abstract'],
    ...clinicalColumns,
  },
  shards: ({ matches }, { stored }) => matches.eachBatch('pmid', stored ? STORED_PMIDS : PMIDS, ['doi']),
  async run({ params, shard, inputs, services, write, query, signal }) {
    const { from, to } = shard.value as unknown as { from: number; to: number };
    const asked = await query<Asked>(
      sql`select pmid, max(doi) as doi from ${inputs.matches} as matches where pmid between ${from} and ${to} group by 1 order by 1`,
    );
    const finder = params.stored ? snapshotWorks(query, inputs.snapshot) : apiWorks(services.fetcher, signal);
    const linked = await linkAll(finder, asked);
    for (const found of byPmid(linked).values()) {
      const best = bestOf(found);
      for (const link of found)
        write([{ ...(await rowOf(finder, link, link === best)), ...textOf(link.work, params.filter ?? undefined) }]);
    }
  },
});

async function linkAll(finder: WorkFinder, asked: readonly Asked[]): Promise<Linked[]> {
  const first = await finder.byPmids(asked.map((row) => row.pmid));
  const links = asked.flatMap((row) => (first.get(row.pmid) ?? []).map((work): Linked => ({ asked: row, work, via: 'pmid' })));
  const left = asked.filter((row) => !first.has(row.pmid));
  const byDoi = await finder.byDois(left.flatMap((row) => row.doi ?? []));
  for (const row of left) {
    const works = row.doi === null ? [] : (byDoi.get(row.doi) ?? []);
    links.push(...works.map((work): Linked => ({ asked: row, work, via: 'doi' })));
    if (works.length === 0) links.push(...(await finder.singly(row.pmid)).map((work): Linked => ({ asked: row, work, via: 'single' })));
  }
  return links;
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

async function rowOf(finder: WorkFinder, { asked, work: listed, via }: Linked, best: boolean) {
  const work = await finder.complete(listed);
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

/** What the clinical filters say of the text as OpenAlex has it. */
function textOf({ title, abstractInvertedIndex }: WorkRecord, own: ClinicalRule | undefined) {
  const abstract = abstractInvertedIndex === null ? null : invertedIndexToText(abstractInvertedIndex);
  return { has_abstract: abstract !== null, ...clinicalBits(title, abstract, own) };
}
