import { sql } from '../../dag/sql';
import finalSample from '../sample/final';
import regions from '../source/regions';
import { step } from '../step';

export default step({
  id: 'atlas/country-totals',
  doc: 'Articles of each country with its shares: by corpus, high-ranked, clinical, international, citations (paper, Fig. 2, S2)',
  inputs: { final: finalSample, regions },
  output: {
    country: ['text', 'ISO 3166-1 alpha-2'],
    iso3: ['text', 'ISO 3166-1 alpha-3'],
    name: ['text', 'name'],
    region: ['text', 'world region'],
    articles: ['integer', 'articles'],
    pubmed: ['integer', 'of these from PubMed'],
    conference: ['integer', 'of these from conferences'],
    high_ranked: ['integer', 'in high-ranked outlets'],
    clinical: ['integer', 'clinical research'],
    international: ['integer', 'international collaborations'],
    international_known: ['integer', 'articles that count for the international share'],
    citations: ['bigint', 'citing works of all its articles'],
    clinical_citations: ['bigint', 'clinical citing works'],
  },
  sql: ({ final, regions: regionsRows }) => sql`
    select f.country, max(r.iso3) as iso3, coalesce(max(r.name), f.country) as name, max(f.region) as region, count(*)::int as articles,
      (count(*) filter (where corpus = 'pubmed'))::int as pubmed, (count(*) filter (where corpus = 'conference'))::int as conference,
      (count(*) filter (where high_ranked))::int as high_ranked, (count(*) filter (where clinical))::int as clinical,
      (count(*) filter (where international))::int as international, count(international)::int as international_known,
      sum(citations)::bigint as citations, sum(clinical_citations)::bigint as clinical_citations
    from ${final} as f left join ${regionsRows} as r on r.country = f.country group by 1 order by articles desc, 1`,
});
