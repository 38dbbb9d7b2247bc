import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { differencesFrom } from '../../../config/differences';
import type { Study } from '../../../config/study';
import type { Country, CountryYear, DriftRow, FlowRow, GrowthRow, PageData, StepRow, TopicRow } from '../../../drawing/page-data';
import { query, type Database } from '../../../store/database';
import type { RunState } from '../../../store/runs';
import type { RunStepView } from '../../../store/run-view';
import { snake } from '../../../store/relations';
import { composeSite } from './compose';
import { modelFits } from './models-of-run';
import { ruleTables } from './rule-tables';
import { sources } from './sources';
import type { SiteFile } from './part';

export interface PageRun {
  readonly row: RunState;
  readonly study: Study;
  readonly paper: Study | null;
  readonly views: readonly RunStepView[];
  readonly steps: ReadonlyMap<string, { readonly doc: string; readonly inputs: readonly string[] }>;
}

/** The page of a run: its tables as the run's own views show them, its steps as they ran. */
export async function composePage(database: Database, root: string, run: PageRun): Promise<SiteFile[]> {
  const asset = (name: string): Promise<string> => readFile(path.join(root, 'dist', 'site', name), 'utf8');
  const [script, style, data] = await Promise.all([asset('atlas.js'), asset('atlas.css'), pageData(database, run)]);
  return composeSite(data, { script, style });
}

/** Everything the page shows, read from the views of the run. */
export async function pageData(database: Database, run: PageRun): Promise<PageData> {
  const { row, study, paper } = run;
  const rows = tableReader(database, row.id);
  const countries = await countriesOf(rows);
  const sum = (column: 'articles' | 'pubmed' | 'conference'): number => countries.reduce((total, country) => total + country[column], 0);
  const links = await rows<{ n: number }>('source/openalex-citing-works', 'count(*)::int as n');
  return {
    title: study.title,
    study: study.name,
    studyTitle: study.title,
    vintage: row.vintage,
    synthetic: study.world.kind === 'synthetic',
    recorded: study.world.kind === 'recorded',
    run: row.id,
    finished: new Date().toISOString(),
    years: yearsOf(study, countries),
    totals: {
      articles: sum('articles'),
      pubmed: sum('pubmed'),
      conference: sum('conference'),
      countries: countries.length,
      links: links[0]?.n ?? 0,
    },
    differences: paper === null ? [] : differencesFrom(paper, study),
    countries,
    growth: await rows<GrowthRow>('atlas/growth', 'year, region, corpus, articles', 'order by year, region, corpus'),
    topics: await rows<TopicRow>('atlas/topic-by-country', 'topic as concept, name, country, articles', 'order by topic, country'),
    internationalByYear: await rows('atlas/international-by-year', 'year, international, known, covered, articles', 'order by year'),
    highRankedByRegionYear: await rows(
      'atlas/high-ranked-by-region-year',
      'region, year, high_ranked as "highRanked", articles',
      'order by region, year',
    ),
    models: await modelFits(rows, study),
    rules: await ruleTables(rows),
    clinicalCountries: study.clinical.countries,
    flow: await rows<FlowRow>('atlas/sample-flow', 'id, label, count, lost, reason', 'order by ordinal'),
    ranked: (await rows<{ n: number }>('source/journal-ranking', 'count(*)::int as n', 'where refused is null'))[0]!.n > 0,
    refused: await rows('sample/pubmed-clinical', 'distinct file, note as reason', `where kind = 'refused' order by file`),
    drift: (await rows<DriftLine>('report/drift', '*', 'order by ordinal')).map(driftRow),
    steps: run.views.map((view) => stepRow(view, run)),
    sources: sources(study),
  };
}

/** Reads columns of a step's rows in this run. */
export type Rows = <T>(step: string, columns: string, rest?: string) => Promise<T[]>;

function tableReader(database: Database, run: number): Rows {
  return (step, columns, rest = '') => query(database, { text: `select ${columns} from run_${run}.${snake(step)} ${rest}`, values: [] });
}

async function countriesOf(rows: Rows): Promise<Country[]> {
  const totals = await rows<Omit<Country, 'byYear'>>(
    'atlas/country-totals',
    'country as iso2, coalesce(iso3, \'\') as iso3, name, region, articles, pubmed, conference, high_ranked as "highRanked", clinical, international, international_known as "internationalKnown", citations',
    'order by articles desc, country',
  );
  const years = await rows<CountryYear & { country: string }>(
    'atlas/country-year',
    'country, year, articles, high_ranked as "highRanked", clinical, international, citations',
    'order by country, year',
  );
  const byCountry = groupBy(years);
  return totals.map((country) => ({ ...country, byYear: (byCountry.get(country.iso2) ?? []).map(withoutCountry) }));
}

function groupBy(years: readonly (CountryYear & { country: string })[]): Map<string, (CountryYear & { country: string })[]> {
  const groups = new Map<string, (CountryYear & { country: string })[]>();
  for (const year of years) groups.set(year.country, [...(groups.get(year.country) ?? []), year]);
  return groups;
}

function withoutCountry({ year, articles, highRanked, clinical, international, citations }: CountryYear): CountryYear {
  return { year, articles, highRanked, clinical, international, citations };
}

/** A window left open (recorded answers of all years) is shown as far as there are articles. */
function yearsOf(study: Study, countries: readonly Country[]): [number, number] {
  const years = countries.flatMap((country) => country.byYear.map(({ year }) => year));
  if (years.length === 0) return study.years;
  return [Math.max(study.years[0], Math.min(...years)), Math.min(study.years[1], Math.max(...years))];
}

interface DriftLine extends Pick<DriftRow, 'id' | 'quantity' | 'unit' | 'verdict' | 'cause'> {
  readonly place: string;
  readonly published: number | null;
  readonly rebuilt: number | null;
  readonly difference: number | null;
}

function driftRow({ id, place, quantity, unit, published, rebuilt, difference, verdict, cause }: DriftLine): DriftRow {
  const said = (value: number | null): string | null =>
    value === null ? null : value.toLocaleString('en-US', { maximumFractionDigits: 1, useGrouping: unit !== 'year' });
  const sign = difference !== null && difference > 0 ? '+' : '';
  return {
    id,
    where: place,
    quantity,
    unit,
    published: said(published) ?? '',
    rebuilt: said(rebuilt),
    difference: difference === null ? null : `${sign}${said(difference)!}`,
    verdict,
    cause,
  };
}

function stepRow(view: RunStepView, { steps }: PageRun): StepRow {
  const { doc, inputs } = steps.get(view.step)!;
  return {
    step: view.step,
    action: view.action,
    key: view.key ?? '',
    digest: view.digest ?? '',
    rows: view.rows ?? 0,
    shards: view.shards.total,
    seconds: view.seconds ?? 0,
    inputs: [...inputs],
    requests: view.requests.sent,
    cachedRequests: view.requests.cached,
    view: view.step.replace('/', '.').replaceAll('-', '_'),
    doc,
  };
}
