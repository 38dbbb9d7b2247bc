import { sql, type Relation, type Sql } from '../../dag/sql';

/** The tables behind what the paper says of its own rules, its topics and single countries. */
export type RuleRelations = Readonly<
  Record<'strategies' | 'coverage' | 'agreement' | 'topics' | 'together' | 'countries' | 'regions' | 'links' | 'final', Relation>
>;

type Measure = (tables: RuleRelations) => Sql;

const kenya = 'KE';
const southAfrica = 'ZA';

const internationalOf =
  (country: string): Measure =>
  (t) =>
    sql`select 100.0 * sum(international) / nullif(sum(articles), 0) as value from ${t.together} as c where country = ${country}`;

/** The 30 countries with most clinical articles (paper, caption of Fig. 4). */
const ofFigure4 = (t: RuleRelations): Sql => sql`(select * from ${t.countries} as c order by clinical desc, country limit 30)`;

/** Published number → how this rebuild counts it. */
export const ruleMeasures: Readonly<Record<string, Measure>> = {
  'sample.first_last_same_country': (t) => sql`select 100.0 * sum(same) / nullif(sum(known), 0) as value from ${t.agreement} as a`,
  'sample.life_science_terms': (t) =>
    sql`select 100.0 * sum(life_science) / nullif(sum(classified), 0) as value from ${t.coverage} as c where own`,
  'audit.liu_ratio': (t) => sql`select sum(articles)::numeric / nullif(sum(compared), 0) as value from ${t.strategies} as s`,
  'topic.top40_topics_share': (t) => sql`
    select 100 * avg(share) as value from (
      select sum(t.articles)::numeric / max(c.articles) as share from ${t.topics} as t join ${t.countries} as c using (country) group by country) as shares`,
  'clinical.top30_share': (t) =>
    sql`select 100.0 * (select sum(clinical) from ${ofFigure4(t)} as f) / nullif(sum(clinical), 0) as value from ${t.countries} as c`,
  'clinical.n_fig4': (t) => sql`select sum(clinical) as value from ${ofFigure4(t)} as f`,
  'clinical.total_implied': (t) => sql`select sum(clinical) as value from ${t.countries} as c`,
  'clinical.country_share': (t) => sql`
    select percentile_disc(0.5) within group (order by 100.0 * clinical / articles) as value from ${ofFigure4(t)} as f`,
  'international.KE': internationalOf(kenya),
  'international.KE_high': (t) =>
    sql`select 100.0 * sum(high_ranked_international) / nullif(sum(high_ranked), 0) as value from ${t.together} as c where country = ${kenya}`,
  'international.ZA': internationalOf(southAfrica),
  'international.n_share': (t) => sql`select sum(international_known) as value from ${t.regions} as r where region is not null`,
  'citations.mean': (t) => sql`select (select count(*) from ${t.links} as l)::numeric / nullif(count(*), 0) as value from ${t.final} as f`,
};
