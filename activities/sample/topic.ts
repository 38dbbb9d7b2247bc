import { topic, type WorkConcept } from '../../methods/topic';
import { sql } from '../../dag/sql';
import { buckets } from '../reading/articles';
import openalexConferenceWorks from '../source/openalex-conference-works';
import openalexLinks from '../source/openalex-links';
import { step } from '../step';
import articles from './articles';

export default step({
  id: 'sample/topic',
  doc: 'The topic of an article: its level-1 concept with the highest score that is not purely AI (paper, Methods)',
  inputs: { articles, links: openalexLinks, works: openalexConferenceWorks },
  params: ({ topic: rule }) => ({ excluded: rule.excluded }),
  output: {
    article: ['text', 'article'],
    topic: ['text', 'OpenAlex concept id, C…; null when only excluded concepts are left'],
    because: ['text', 'what decided'],
  },
  shards: () => buckets,
  async run({ params, shard, inputs, query, write }) {
    const rows = await query<{ article: string; concepts: WorkConcept[] }>(sql`
      select a.article, coalesce(l.concepts, w.concepts, '[]') as concepts from ${inputs.articles} as a
      left join (select * from ${inputs.links} as links where best) as l on a.corpus = 'pubmed' and l.pmid = a.pmid
      left join ${inputs.works} as w on a.corpus = 'conference' and w.work = a.work
      where a.bucket = ${Number(shard.name)} order by 1`);
    for (const { article, concepts } of rows) {
      const found = topic(concepts, params);
      write([{ article, topic: found.concept, because: found.because }]);
    }
  },
});
