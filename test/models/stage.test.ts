import { fitRow, type Fitting } from '../../activities/regression/fit';
import { internationalRegressions } from '../../activities/regression/international';
import { standardErrors, type Regression } from '../../activities/regression/regression';
import { relevanceRegressions, RELEVANCE } from '../../activities/regression/relevance';
import { fitCountModel, rateRatio, type ModelData } from '../../methods/models';
import { dataOf, nb2Draw, normal, uniforms, type Values } from './simulate';

const rule = { estimator: 'nb-hhg', se: 'oim', teamSize: 'linear', teamSizeCap: 50, base: 'most-productive' } as const;
const REGIONS = ['Africa', 'Asia', 'Europe'];

/** Articles of three regions in outlets of unequal size, some unknown, some never cited. */
function articles(count: number): Record<string, (string | number | null)[]> {
  const next = uniforms(8);
  const effects = Array.from({ length: 40 }, () => 0.6 * normal(next));
  const out: Record<string, (string | number | null)[]> = { citations: [], region: [], year: [], outlet: [], country: [], cluster: [] };
  for (let row = 0; row < count; row++) {
    const [region, year, outlet] = [Math.floor(next() * 3), Math.floor(next() * 5), Math.floor(40 * next() ** 2)];
    const mean = outlet < 38 ? Math.exp(1 + 0.3 * region - 0.1 * year + effects[outlet]!) : 0;
    out['citations']!.push(nb2Draw(mean, 0.8, next));
    out['region']!.push(row % 97 === 0 ? null : REGIONS[region]!);
    out['year']!.push(2010 + year);
    out['outlet']!.push(row % 50 === 0 ? null : `outlet ${outlet}`);
    out['country']!.push(`${REGIONS[region]!} ${Math.floor(next() * 4)}`);
    out['cluster']!.push(row % 50 === 0 ? `article ${row}` : `outlet ${outlet}`);
  }
  return out;
}

const values = articles(1200);
const data = dataOf(values);
const plan = relevanceRegressions(rule, 'Asia');
const named = (name: string): Regression => plan.find((one) => one.name === name)!;
const fitting = (name: string, given: ModelData = data): Fitting => ({
  ...{ regression: named(name), outcome: 'citations', base: 'Asia', data: given, severalYears: true },
  restrictTo: name.startsWith('same-sample') ? named('outlet/nb-hhg') : undefined,
});

interface Line {
  reason: string;
  what: string | null;
  rows: number;
  groups: number | null;
}
const sampleOf = (row: Awaited<ReturnType<typeof fitRow>>): Line[] => row.sample as unknown as Line[];

test.each(RELEVANCE)('%s: every article is fitted or has a reason', async (name) => {
  const row = await fitRow(fitting(name), {});
  expect(row).toMatchObject({ fit: name, converged: true, failure: null });
  const lines = sampleOf(row);
  const lost = lines.slice(1, -1).reduce((sum, line) => sum + line.rows, 0);
  expect(lines[0]).toMatchObject({ reason: 'articles', rows: 1200 });
  expect(lines.at(-1)).toMatchObject({ reason: 'fitted', rows: row.n });
  expect(lost).toBe(1200 - row.n!);
  expect(lines.find(({ what }) => what === 'region')?.rows ?? 0).toBe(name.startsWith('same') ? 0 : 13);
});

test('the outlet models lose articles without an outlet and outlets that are never cited; the unadjusted one, on their sample, the same', async () => {
  const [adjusted, same] = [await fitRow(fitting('outlet/nb-hhg'), {}), await fitRow(fitting('same-sample/nb2'), {})];
  const reasons = sampleOf(adjusted).map(({ reason, what }) => what ?? reason);
  expect(reasons).toEqual(['articles', 'region', 'outlet', 'allZeroGroups', 'fitted']);
  expect(sampleOf(adjusted)[3]!.groups).toBe(2);
  expect(same.n).toBe(adjusted.n);
  const kept = [...Array(1200).keys()].filter(
    (row) =>
      values['region']![row] !== null &&
      values['outlet']![row] !== null &&
      !['outlet 38', 'outlet 39'].includes(String(values['outlet']![row])),
  );
  const rows: Values = Object.fromEntries(Object.entries(values).map(([name, column]) => [name, kept.map((row) => column[row]!)]));
  const direct = await fitCountModel(dataOf(rows), { model: 'nb2', formula: 'citations ~ ref(region, "Asia") + factor(year)' });
  expect(direct.n).toBe(same.n);
  expect(same.log_lik).toBe(Number(direct.logLik.toPrecision(10)));
});

test('terms are those of the fit, to ten digits, with ratios but for the constant and alpha', async () => {
  const row = await fitRow(fitting('unadjusted/nb2'), {});
  const direct = await fitCountModel(data, { model: 'nb2', formula: 'citations ~ ref(region, "Asia") + factor(year)' });
  const terms = row.terms as unknown as {
    term: string;
    factor: string;
    level: string | null;
    estimate: number;
    ratio: number | null;
    ratio_high: number;
  }[];
  expect(terms.map(({ term }) => term)).toEqual([...direct.coefficients.map(({ term }) => term), 'ln(alpha)']);
  const europe = direct.coefficients.find(({ term }) => term === 'region[Europe]')!;
  const ten = (value: number): number => Number(value.toPrecision(10));
  expect(terms.find(({ term }) => term === 'region[Europe]')).toMatchObject({
    ...{ factor: 'region', level: 'Europe', estimate: ten(europe.estimate) },
    ...{ ratio: ten(rateRatio(europe).ratio), ratio_high: ten(rateRatio(europe).high!) },
  });
  expect(terms.filter(({ ratio }) => ratio === null).map(({ term }) => term)).toEqual(['(Intercept)', 'ln(alpha)']);
  expect(row.joint_df).toBe(2);
  expect(row.predictions as unknown as unknown[]).toHaveLength(3 + 5 + 15);
});

test('years as the group of a Poisson model are year dummies', async () => {
  const row = await fitRow(fitting('unadjusted/poisson-fe'), {});
  expect(row).toMatchObject({ formula: 'citations ~ ref(region, "Asia")', grouping: 'year', groups: 5, se: 'robust' });
});

test.each([
  ['one region only', { region: values['region']!.map((region) => region && 'Asia') }, 'at least two levels in factor "region"'],
  ['no citation', { citations: values['citations']!.map(() => 0) }, 'some outcomes above zero'],
  ['no article', Object.fromEntries(Object.keys(values).map((name) => [name, []])), 'Expected rows of data, got none.'],
  ['the base nowhere', { region: values['region']!.map((region) => (region === 'Asia' ? null : region)) }, 'Expected a level of "region"'],
])('%s: a row that says so, not a failed rebuild', async (_, changed, failure) => {
  for (const name of RELEVANCE) {
    const row = await fitRow(fitting(name, dataOf({ ...values, ...changed })), {});
    expect(row).toMatchObject({ converged: false, n: null, terms: [] });
    expect(row.failure).toContain(failure);
  }
});

test('a signal ends a fit', async () => {
  const stop = new AbortController();
  const watch = { signal: stop.signal, onProgress: () => stop.abort(new Error('stopped')) };
  await expect(fitRow(fitting('outlet/nb2-fe'), watch)).rejects.toThrow('stopped');
});

test('one fit of each table is held against the paper, whatever estimator the study names', () => {
  for (const estimator of ['nb-hhg', 'nb2-fe', 'poisson-fe', 'nb2'] as const) {
    const held = relevanceRegressions({ ...rule, estimator }, 'Asia').filter((one) => one.held);
    expect(held.map(({ name }) => name)).toEqual(['unadjusted/nb2', `outlet/${estimator === 'nb2' ? 'nb2-fe' : estimator}`]);
    for (const teamSize of ['linear', 'log', 'cap'] as const) {
      const all = internationalRegressions({ ...rule, estimator, teamSize });
      expect(all.filter((one) => one.held).map(({ name }) => name)).toEqual([`${teamSize}/${estimator}`]);
      expect(new Set(all.map(({ name }) => name)).size).toBe(6);
      expect(new Set(all.map((one) => one.teamSize)).size).toBe(3);
    }
  }
});

test('standard errors: the study for the held estimator; clusters where information would mislead', () => {
  expect(standardErrors(rule, 'nb2')).toBe('oim');
  expect(standardErrors({ ...rule, se: 'cluster' }, 'nb2')).toEqual({ cluster: 'cluster' });
  expect(standardErrors(rule, 'nb-hhg', 'outlet')).toBe('oim');
  expect(standardErrors(rule, 'nb2-fe', 'outlet')).toEqual({ cluster: 'outlet' });
  expect(standardErrors({ ...rule, estimator: 'nb2-fe' }, 'nb2-fe', 'outlet')).toBe('oim');
  expect(standardErrors({ ...rule, estimator: 'poisson-fe' }, 'poisson-fe', 'outlet')).toEqual({ cluster: 'outlet' });
  expect(standardErrors({ ...rule, se: 'robust', estimator: 'poisson-fe' }, 'poisson-fe', 'outlet')).toBe('robust');
});
