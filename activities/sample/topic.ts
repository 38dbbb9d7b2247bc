import { compileLifeScience, type ConceptTreeRow, type WorkTopic } from '../../methods/life-science';
import { topic, type WorkConcept } from '../../methods/topic';
import { sql } from '../../dag/sql';
import { buckets } from '../reading/articles';
import conceptTree from '../source/concept-tree';
import openalexConferenceWorks from '../source/openalex-conference-works';
import openalexLinks from '../source/openalex-links';
import { step } from '../step';
import articles from './articles';

interface Tagged {
  readonly article: string;
  readonly concepts: WorkConcept[];
  readonly topics: WorkTopic[];
}

export default step({
  id: 'sample/topic',
  doc: 'The topic of an article: its level-1 concept with the highest score that is not purely AI (paper, Methods); and by which rules it is life science',
  inputs: { articles, links: openalexLinks, works: openalexConferenceWorks, tree: conceptTree },
  params: ({ topic: rule, lifeScience }) => ({ excluded: rule.excluded, lifeScience }),
  output: {
    article: ['text', 'article'],
    topic: ['text', 'OpenAlex concept id, C…; null when only excluded concepts are left'],
    because: ['text', 'what decided'],
    classified: ['boolean', 'whether OpenAlex gives it a concept'],
    life_science_rules: ['text[]', 'rules under which it belongs to the field'],
  },
  shards: () => buckets,
  async run({ params, shard, inputs, query, write }) {
    const tree: ConceptTreeRow[] = [];
    for await (const { concept, name, parents } of inputs.tree.rows()) tree.push({ id: concept!, name: name!, parents: parents! });
    const field = compileLifeScience(params.lifeScience, tree);
    const rows = await query<Tagged>(sql`
      select a.article, coalesce(l.concepts, w.concepts, '[]') as concepts, coalesce(l.topics, w.topics, '[]') as topics from ${inputs.articles} as a
      left join (select * from ${inputs.links} as links where best) as l on a.corpus = 'pubmed' and l.pmid = a.pmid
      left join ${inputs.works} as w on a.corpus = 'conference' and w.work = a.work
      where a.bucket = ${Number(shard.name)} order by 1`);
    for (const { article, ...tags } of rows) {
      const { concept, because } = topic(tags.concepts, params);
      write([{ article, topic: concept, because, classified: tags.concepts.length > 0, life_science_rules: field.variants(tags) }]);
    }
  },
});
