import { worksOfSourceByYear } from '../../clients/openalex/crawls';
import type { WorkRecord } from '../../clients/openalex/records';
import { sql } from '../../dag/sql';
import { invertedIndexToText } from '../../methods/inverted-index';
import { wholeCrawl } from '../reading/crawl';
import { bylineOf, complete } from '../reading/work';
import { step } from '../step';
import openalexConferences from './openalex-conferences';

/** Source ids in one OR filter. */
const SOURCES = 100;

export default step({
  id: 'source/openalex-conference-works',
  doc: 'All works of the conference sources in the years of the study; not filtered by concept, which would freeze that rule in the bytes',
  queue: 'openalex',
  vintage: true,
  inputs: { conferences: openalexConferences },
  params: ({ years }) => ({ years }),
  output: {
    work: ['text', 'OpenAlex work id, W…'],
    doi: ['text', 'DOI, lower case'],
    pmid: ['integer', 'PubMed identifier, where the work has one'],
    title: ['text', 'title'],
    abstract: ['text', 'abstract, rebuilt from its inverted index'],
    year: ['smallint', 'publication year by OpenAlex'],
    source: ['text', 'OpenAlex source id'],
    retracted: ['boolean', 'flagged as retracted'],
    byline: ['jsonb', 'authorships in order'],
    truncated: ['boolean', 'author list still cut at 100: the single record is gone'],
    concepts: ['jsonb', '[{ id, level, score }]'],
    topics: ['jsonb', '[{ id, score, subfield, field, domain }]'],
  },
  shards: ({ conferences }) => conferences.eachBatch('source', SOURCES),
  async run({ params, shard, inputs, services, write, commit, cursor, query, signal, progress }) {
    const { from, to } = shard.value as unknown as { from: string; to: string };
    const sources = await query<{ source: string }>(
      sql`select source from ${inputs.conferences} as conferences where source between ${from} and ${to} order by 1`,
    );
    for (let year = (cursor as number | null) ?? params.years[0]; year <= params.years[1]; year++) {
      const wish = { sourceIds: sources.map((row) => row.source), year };
      const works = await wholeCrawl(`conference works of ${year}`, (options) => worksOfSourceByYear(services.fetcher, wish, options), {
        signal,
      });
      for (const work of works) write([rowOf(await complete(services.fetcher, work, signal))]);
      await commit(year + 1);
      progress(`${year}: ${works.length} works`);
    }
  },
});

function rowOf(work: WorkRecord) {
  const { id, doi, pmid, title, year, retracted, concepts, truncatedAuthors } = work;
  const abstract = work.abstractInvertedIndex === null ? null : invertedIndexToText(work.abstractInvertedIndex);
  const topics = work.topics.map((topic) => ({ ...topic }));
  return {
    work: id,
    doi,
    pmid,
    title,
    abstract,
    year,
    source: work.source?.id ?? null,
    retracted,
    byline: bylineOf(work),
    truncated: truncatedAuthors,
    concepts,
    topics,
  };
}
