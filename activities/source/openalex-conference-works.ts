import type { Fetcher } from '../../clients/http/ports';
import { worksOfSourceByYear, type SourceYear } from '../../clients/openalex/crawls';
import type { WorkRecord } from '../../clients/openalex/records';
import { sql } from '../../dag/sql';
import { invertedIndexToText } from '../../methods/inverted-index';
import { wholeCrawl } from '../reading/crawl';
import { bylineOf, complete } from '../reading/work';
import { storedWorks } from '../reading/works';
import { step } from '../step';
import openalexConferences from './openalex-conferences';
import openalexSnapshotWorks from './openalex-snapshot-works';

/** Source ids in one OR filter. */
const SOURCES = 100;
/** Source ids looked up at once in the works of a snapshot, which are searched from end to end each time. */
const STORED_SOURCES = 2_500;

export default step({
  id: 'source/openalex-conference-works',
  doc: 'All works of the conference sources in the years of the study; not filtered by concept, which would freeze that rule in the bytes',
  queue: 'openalex',
  vintage: true,
  inputs: { conferences: openalexConferences, snapshot: openalexSnapshotWorks },
  params: ({ years, openalex }) => ({ years, stored: openalex.route === 'snapshot' }),
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
  shards: ({ conferences }, { stored }) => conferences.eachBatch('source', stored ? STORED_SOURCES : SOURCES),
  async run({ params, shard, inputs, services, write, commit, cursor, query, signal, progress }) {
    const { from, to } = shard.value as unknown as { from: string; to: string };
    const sources = await query<{ source: string }>(
      sql`select source from ${inputs.conferences} as conferences where source between ${from} and ${to} order by 1`,
    );
    const ids = sources.map((row) => row.source);
    for (let year = (cursor as number | null) ?? params.years[0]; year <= params.years[1]; year++) {
      const wish = { sourceIds: ids, year };
      const works = params.stored
        ? await storedWorks(query, inputs.snapshot, sql`source = any(${ids}::text[]) and year = ${year}`)
        : await crawled(services.fetcher, wish, signal);
      write(works.map(rowOf));
      await commit(year + 1);
      progress(`${year}: ${works.length} works`);
    }
  },
});

async function crawled(fetcher: Fetcher, wish: SourceYear, signal: AbortSignal): Promise<WorkRecord[]> {
  const works = await wholeCrawl(`conference works of ${wish.year}`, (options) => worksOfSourceByYear(fetcher, wish, options), { signal });
  const whole: WorkRecord[] = [];
  for (const work of works) whole.push(await complete(fetcher, work, signal));
  return whole;
}

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
