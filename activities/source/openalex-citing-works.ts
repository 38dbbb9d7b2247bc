import { citingWorks } from '../../clients/openalex/crawls';
import type { WorkRecord } from '../../clients/openalex/records';
import { each } from '../../dag/shards';
import { sql, type Sql } from '../../dag/sql';
import { clinicalBits, type ClinicalRule } from '../../methods/clinical';
import { invertedIndexToText } from '../../methods/inverted-index';
import { clinicalColumns, clinicalOf, ownFilter } from '../reading/clinical';
import { wholeCrawl } from '../reading/crawl';
import articles from '../sample/articles';
import { step } from '../step';
import openalexSnapshotCiting from './openalex-snapshot-citing';

/** Works in one OR filter. */
const WORKS = 100;
/** Links of a snapshot are taken over in so many parts: the paper's 14.5 million in 200,000 each. */
const PARTS = 64;
const parts = each(Array.from({ length: PARTS }, (_, index) => index));

export default step({
  id: 'source/openalex-citing-works',
  doc: 'Citing links: which works cite which article, each with the clinical bits of the citing text',
  queue: 'openalex',
  vintage: true,
  inputs: { articles, snapshot: openalexSnapshotCiting },
  params: (study) => ({ stored: study.openalex.route !== 'api', filter: ownFilter(study) }),
  output: {
    focal: ['text', 'OpenAlex id of the cited work of the sample'],
    citing: ['text', 'OpenAlex id of the citing work'],
    year: ['smallint', 'publication year of the citing work'],
    date: ['date', 'publication date of the citing work'],
    pmid: ['integer', 'PubMed identifier of the citing work'],
    retracted: ['boolean', 'whether the citing work is retracted'],
    has_abstract: ['boolean', 'whether OpenAlex has an abstract of the citing work'],
    ...clinicalColumns,
  },
  shards: ({ articles: focal }, { stored }) => (stored ? parts : focal.eachBatch('work', WORKS)),
  async run({ params, shard, inputs, services, write, query, signal, progress }) {
    if (params.stored) {
      for await (const row of inputs.snapshot.rows(part(shard.name))) {
        const { focal, citing, year, date, pmid, retracted, has_abstract } = row;
        write([{ focal, citing, year, date, pmid, retracted, has_abstract, ...clinicalOf(row) }]);
      }
      return;
    }
    const { from, to } = shard.value as unknown as { from: string; to: string };
    const found = await query<{ work: string }>(
      sql`select distinct work from ${inputs.articles} as articles where work between ${from} and ${to} order by 1`,
    );
    const focal = new Set(found.map((row) => row.work));
    const citing = await wholeCrawl(`works citing ${shard.name}`, (options) => citingWorks(services.fetcher, [...focal], options), {
      signal,
      progress,
    });
    for (const work of citing) write(linksOf(work, focal, params.filter ?? undefined));
  },
});

/** The links of a snapshot that count, by the last digits of the citing work. */
function part(name: string): Sql {
  return sql`left_out is null and substr(citing, 2)::bigint % ${PARTS} = ${Number(name)}`;
}

function linksOf(work: WorkRecord, focal: ReadonlySet<string>, own: ClinicalRule | undefined) {
  const abstract = work.abstractInvertedIndex === null ? null : invertedIndexToText(work.abstractInvertedIndex);
  const bits = clinicalBits(work.title, abstract, own);
  const { id, year, date, pmid, retracted } = work;
  return [...new Set(work.referencedWorks)]
    .filter((cited) => focal.has(cited))
    .map((cited) => ({ focal: cited, citing: id, year, date, pmid, retracted, has_abstract: abstract !== null, ...bits }));
}
