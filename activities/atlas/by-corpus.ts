import { sql } from '../../dag/sql';
import finalSample from '../sample/final';
import { step } from '../step';

export default step({
  id: 'atlas/by-corpus',
  doc: 'The measures of the atlas for PubMed and conferences apart, by year, region, region and year, country, country and year, topic, topic and country (paper, S2, S4, S7)',
  inputs: { final: finalSample },
  output: {
    corpus: ['text', 'pubmed or conference'],
    by: ['text', 'which of the columns country, region, year, topic tell the groups apart; all when none does'],
    country: ['text', 'lead country, ISO 3166-1 alpha-2'],
    region: ['text', 'world region'],
    year: ['smallint', 'publication year'],
    topic: ['text', 'OpenAlex concept id; null in groups by topic: no topic'],
    articles: ['integer', 'articles'],
    indexed: ['integer', 'in outlets of the ranking'],
    high_ranked: ['integer', 'in high-ranked outlets'],
    clinical: ['integer', 'clinical research'],
    international: ['integer', 'international collaborations'],
    international_known: ['integer', 'articles that count for the international share'],
    international_high_ranked: ['integer', 'international collaborations in high-ranked outlets'],
    citations: ['bigint', 'citing works'],
    clinical_citations: ['bigint', 'clinical citing works'],
  },
  sql: ({ final }) => sql`
    select corpus, case grouping(country, region, year, topic) when 15 then 'all' when 13 then 'year' when 11 then 'region' when 9 then 'region, year'
        when 7 then 'country' when 5 then 'country, year' when 14 then 'topic' else 'topic, country' end as by,
      country, region, year, topic, count(*)::int as articles, (count(*) filter (where indexed))::int as indexed,
      (count(*) filter (where high_ranked))::int as high_ranked, (count(*) filter (where clinical))::int as clinical,
      (count(*) filter (where international))::int as international, count(international)::int as international_known,
      (count(*) filter (where international and high_ranked))::int as international_high_ranked,
      sum(citations)::bigint as citations, sum(clinical_citations)::bigint as clinical_citations
    from ${final} as f
    group by grouping sets ((corpus), (corpus, year), (corpus, region), (corpus, region, year), (corpus, country), (corpus, country, year),
      (corpus, topic), (corpus, topic, country))
    order by 1, 2, country nulls first, region nulls first, year nulls first, topic nulls first`,
});
