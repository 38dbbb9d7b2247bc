import { REGIONS } from '../../config/schema/relevance';
import { raw, sql, type Relation, type Sql } from '../../dag/sql';
import type { Analysis } from '../regression/published';
import { ruleMeasures, type RuleRelations } from './published-rules';

/** The tables that published numbers are read from. */
export type DriftTables = Readonly<
  Record<
    | 'flow'
    | 'growth'
    | 'countries'
    | 'regions'
    | 'byYear'
    | 'byRegionYear'
    | 'byInternational'
    | 'dyads'
    | 'byCountry'
    | 'links'
    | 'final'
    | 'terms'
    | 'samples',
    Relation
  >
> &
  RuleRelations;

type Measure = (tables: DriftTables) => Sql;

const flow =
  (id: string): Measure =>
  (t) =>
    sql`select count as value from ${t.flow} as flow where id = ${id}`;

const country =
  (code: string): Measure =>
  (t) =>
    sql`select coalesce(max(articles), 0) as value from ${t.countries} as c where country = ${code}`;

const international =
  (region: string): Measure =>
  (t) =>
    sql`select 100.0 * sum(international) / nullif(sum(international_known), 0) as value from ${t.regions} as r where region = ${region}`;

const highShare =
  (regions: readonly string[]): Measure =>
  (t) =>
    sql`select 100.0 * sum(high_ranked) / nullif(sum(articles), 0) as value from ${t.regions} as r where region = any(${regions}::text[])`;

/** Articles of the fit that is held against the paper. */
const size =
  (analysis: Analysis, adjustment: string): Measure =>
  (t) =>
    sql`select rows as value from ${t.samples} as s where analysis = ${analysis} and held and split_part(fit, '/', 1) = ${adjustment} and reason = 'fitted'`;

/** Percent above Asia; with its p where Asia is the base of the study's models, as it is in the paper. */
const againstAsia =
  (analysis: Analysis, adjustment: string, region: string): Measure =>
  (t) => sql`
    with of_fit as (select * from ${t.terms} as t where analysis = ${analysis} and held and split_part(fit, '/', 1) = ${adjustment} and factor = 'region'),
      asia as (select coalesce(max(estimate) filter (where level = 'Asia'), 0) as estimate, bool_or(level = 'Asia') as compared from of_fit)
    select 100 * (exp(coalesce(max(f.estimate), 0) - asia.estimate) - 1) as value, max(f.p) filter (where not asia.compared) as p
    from asia left join of_fit as f on f.level = ${region} where asia.compared is not null and (f.level is not null or asia.compared)
    group by asia.estimate, asia.compared`;

const againstNational =
  (analysis: Analysis): Measure =>
  (t) =>
    sql`select 100 * (ratio - 1) as value, p from ${t.terms} as t where analysis = ${analysis} and held and term = 'international'`;

const regionMeasures = (id: string, analysis: Analysis, adjustment: string): Record<string, Measure> =>
  Object.fromEntries(REGIONS.map((region) => [`${id}.${region}`, againstAsia(analysis, adjustment, region)]));

/** Published number → how this rebuild counts it. Numbers that are not here are shown as not rebuilt yet. */
export const measures: Readonly<Record<string, Measure>> = {
  ...ruleMeasures,
  'sample.pubmed_found': flow('pubmed.found'),
  'sample.conference_found': flow('conference.found'),
  'sample.found': (t) => sql`select sum(count) as value from ${t.flow} as flow where id in ('pubmed.found', 'conference.found')`,
  'sample.conferences': flow('conference.sources'),
  'sample.conference_documents': flow('conference.works'),
  'sample.final': flow('final.all'),
  'sample.final_pubmed': flow('final.pubmed'),
  'sample.final_conference': flow('final.conference'),
  'sample.country_share': (t) =>
    sql`select 100.0 * sum(count) filter (where id = 'final.all') / nullif(sum(count) filter (where id in ('pubmed.found', 'conference.found')), 0) as value from ${t.flow} as flow`,
  'growth.cagr_2010_2022': (t) =>
    sql`select 100 * (power(sum(articles) filter (where year = 2022)::numeric / nullif(sum(articles) filter (where year = 2010), 0), 1 / 12.0) - 1) as value from ${t.growth} as g`,
  'country.US': country('US'),
  'country.CN': country('CN'),
  'country.GB': country('GB'),
  'country.DE': country('DE'),
  'country.JP': country('JP'),
  'country.CA': country('CA'),
  'country.IN': country('IN'),
  'country.KR': country('KR'),
  'country.US_CN_share': (t) =>
    sql`select 100.0 * sum(articles) filter (where country in ('US', 'CN')) / nullif(sum(articles), 0) as value from ${t.countries} as c`,
  'country.first_year_CN_over_US': (t) =>
    sql`select min(year) as value from (select year from ${t.byCountry} as c group by 1 having coalesce(sum(articles) filter (where country = 'CN'), 0) > coalesce(sum(articles) filter (where country = 'US'), 0)) as ahead`,
  'country.CN_share_of_Asia': (t) =>
    sql`select 100.0 * sum(articles) filter (where country = 'CN') / nullif(sum(articles), 0) as value from ${t.countries} as c where region = 'Asia'`,
  'topic.top40_countries_share': (t) =>
    sql`select 100.0 * sum(articles) filter (where place <= 40) / nullif(sum(articles), 0) as value from (select articles, row_number() over (order by articles desc, country) as place from ${t.countries} as c) as ranked`,
  'clinical.share': (t) => sql`select 100.0 * sum(clinical) / nullif(sum(articles), 0) as value from ${t.countries} as c`,
  'clinical.US_CN_share': (t) =>
    sql`select 100.0 * sum(clinical) filter (where country in ('US', 'CN')) / nullif(sum(clinical), 0) as value from ${t.countries} as c`,
  'rank.jcr_indexed': (t) => sql`select count(*) as value from ${t.final} as f where corpus = 'pubmed' and indexed`,
  'rank.high_pubmed': (t) => sql`select count(*) as value from ${t.final} as f where corpus = 'pubmed' and high_ranked`,
  'rank.high_conference': (t) => sql`select count(*) as value from ${t.final} as f where corpus = 'conference' and high_ranked`,
  'rank.n_fig6': (t) => sql`select sum(high_ranked) as value from ${t.byRegionYear} as r`,
  'rank.north_share': highShare(['Northern America', 'Europe', 'Oceania']),
  'rank.south_share': highShare(['Asia', 'Latin America', 'Africa']),
  'citations.links': (t) => sql`select count(*) as value from ${t.links} as l`,
  'citations.n_7ab': size('relevance-scientific', 'unadjusted'),
  'citations.mean': (t) => sql`select sum(citations) / nullif(count(*), 0)::numeric as value from ${t.final} as f`,
  'citations.scientific_fe_n': size('relevance-scientific', 'outlet'),
  'citations.clinical_fe_n': size('relevance-clinical', 'outlet'),
  ...regionMeasures('irr.scientific', 'relevance-scientific', 'unadjusted'),
  ...regionMeasures('irr.clinical', 'relevance-clinical', 'unadjusted'),
  ...regionMeasures('irr.scientific_fe', 'relevance-scientific', 'outlet'),
  'international.scientific': againstNational('international-scientific'),
  'international.clinical': againstNational('international-clinical'),
  'international.n_share': (t) => sql`select count(*) as value from ${t.final} as f where region is not null and international is not null`,
  'international.n_scientific': (t) =>
    sql`select rows as value from ${t.samples} as s where analysis = 'international-scientific' and held and reason = 'fitted'`,
  'international.n_clinical': (t) =>
    sql`select rows as value from ${t.samples} as s where analysis = 'international-clinical' and held and reason = 'fitted'`,
  'citations.outlets': (t) => sql`select count(distinct outlet) as value from ${t.final} as f`,
  'international.high_ranked': (t) =>
    sql`select 100.0 * (max(share) filter (where international) / nullif(max(share) filter (where not international), 0) - 1) as value
        from (select international, high_ranked::numeric / nullif(articles, 0) as share from ${t.byInternational} as i) as shares`,
  'international.share': (t) => sql`select 100.0 * sum(international) / nullif(sum(known), 0) as value from ${t.byYear} as y`,
  'international.Africa': international('Africa'),
  'international.Oceania': international('Oceania'),
  'international.Europe': international('Europe'),
  'international.Latin America': international('Latin America'),
  'international.Northern America': international('Northern America'),
  'international.Asia': international('Asia'),
  'dyads.n': (t) => sql`select sum(dyads) as value from ${t.dyads} as d`,
  'authors.ten_or_fewer': (t) =>
    sql`select 100.0 * count(*) filter (where authors <= 10) / nullif(count(*), 0) as value from ${t.final} as f`,
  'region.africa_latam_share': (t) =>
    sql`select 100.0 * sum(articles) filter (where region in ('Africa', 'Latin America')) / nullif(sum(articles), 0) as value from ${t.regions} as r`,
};

/** Which of the tables a published number is counted from; none for one that is not rebuilt yet. */
export function tablesOf(id: string): string[] {
  const read = new Set<string>();
  const watched = new Proxy({} as DriftTables, {
    get: (_, name) => {
      read.add(String(name));
      return { relation: raw('watched') };
    },
  });
  measures[id]?.(watched);
  return [...read];
}
