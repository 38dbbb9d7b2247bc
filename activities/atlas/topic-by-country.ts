import { sql } from '../../dag/sql';
import finalSample from '../sample/final';
import conceptTree from '../source/concept-tree';
import { step } from '../step';

export default step({
  id: 'atlas/topic-by-country',
  doc: 'Articles by topic and country: the most frequent topics, the most productive countries (paper, Fig. 3)',
  inputs: { final: finalSample, tree: conceptTree },
  params: ({ topic }) => ({ topics: topic.topics, countries: topic.countries }),
  output: {
    topic: ['text', 'OpenAlex concept id'],
    name: ['text', 'name of the concept'],
    country: ['text', 'ISO 3166-1 alpha-2'],
    articles: ['integer', 'articles'],
  },
  sql: ({ final, tree }, { topics, countries }) => sql`
    with topics as (select topic from ${final} as f where topic is not null group by 1 order by count(*) desc, 1 limit ${topics}),
    countries as (select country from ${final} as f group by 1 order by count(*) desc, 1 limit ${countries})
    select f.topic, coalesce(max(t.name), f.topic) as name, f.country, count(*)::int as articles from ${final} as f
    join topics using (topic) join countries using (country) left join ${tree} as t on t.concept = f.topic group by f.topic, f.country order by 1, 3`,
});
