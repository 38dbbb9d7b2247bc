import { fitCountModel, ModelInputError, predictiveMargins, waldTest, type ModelSpec } from '../../methods/models';
import { chiSquareUpper } from '../../methods/models/special/chi-square';
import { chiSquareOneUpper } from '../../methods/models/special/normal';
import { dataOf, panel } from './simulate';

const rows = panel({ seed: 21, groups: 50, each: 8, alpha: 0.6, slope: 0.3 });
const data = dataOf(rows);

// R 4.2: pchisq(x, df, lower.tail = FALSE).
test.each([
  [3.841458820694124, 1, 0.05],
  [5.991464547107979, 2, 0.05],
  [10, 3, 0.0185661354630432],
  [30, 27, 0.314153833400101],
  [300, 27, 7.2667572861688e-48],
  [2000, 214, 4.95258796181243e-287],
])('P(chi-square > %d) with %d degrees of freedom', (x, df, p) => {
  expect(Math.abs(chiSquareUpper(x, df) / p - 1)).toBeLessThan(1e-11);
});

test('the upper tail follows its recurrence, and is 1 where nothing is above', () => {
  expect(chiSquareUpper(7.3, 1)).toBe(chiSquareOneUpper(7.3));
  expect(chiSquareUpper(8, 2)).toBeCloseTo(Math.exp(-4), 15);
  expect(chiSquareUpper(0, 5)).toBe(1);
  expect(chiSquareUpper(1e-9, 200)).toBeCloseTo(1, 12);
});

const models: readonly ModelSpec[] = [
  { model: 'nb2', formula: 'y ~ x + region' },
  { model: 'nb2', formula: 'y ~ x + region', exposure: 'service' },
  { model: 'nb2-fe', formula: 'y ~ x + region', group: 'group' },
  { model: 'nb-hhg', formula: 'y ~ x + region', group: 'group' },
  { model: 'poisson-fe', formula: 'y ~ x + region', group: 'group', exposure: 'service' },
];

test.each(models)('$model $exposure: the model without covariates is the one that y ~ 1 fits', async (spec) => {
  const fit = await fitCountModel(data, spec);
  const none = await fitCountModel(data, { ...spec, formula: 'y ~ 1' });
  expect(Math.abs(fit.logLikConstant! / none.logLik - 1)).toBeLessThan(1e-12);
  expect(fit.likelihoodRatio).toMatchObject({ df: 3, statistic: 2 * (fit.logLik - fit.logLikConstant!) });
  expect(fit.pseudoR2).toBeCloseTo(1 - fit.logLik / none.logLik, 12);
});

test('one term is tested as its z squared, and a factor the same whatever its base', async () => {
  const fit = await fitCountModel(data, models[0]!);
  const slope = fit.coefficients.find(({ term }) => term === 'x')!;
  expect(waldTest(fit, (term) => term === 'x')!.statistic).toBeCloseTo(slope.z! ** 2, 9);
  const other = await fitCountModel(data, { ...models[0]!, formula: 'y ~ x + ref(region, "Europe")' });
  const regions = (term: string): boolean => term.startsWith('region');
  expect(waldTest(fit, regions)!.statistic).toBeCloseTo(waldTest(other, regions)!.statistic, 7);
  expect(waldTest(fit, () => false)).toBeNull();
});

test('predicted means by level of the only factor are the means of its rows', async () => {
  const spec = { model: 'nb2', formula: 'y ~ region' } as const;
  const fit = await fitCountModel(data, spec);
  for (const { at, mean, se, low, high } of predictiveMargins(data, spec, { fit, factors: ['region'] })) {
    const own = rows.y.filter((_, row) => rows.region[row] === at[0]).map(Number);
    expect(mean).toBeCloseTo(own.reduce((sum, y) => sum + y, 0) / own.length, 9);
    expect(low).toBeLessThan(mean);
    expect(high).toBeGreaterThan(mean);
    expect(se).toBeGreaterThan(0);
  }
});

test('predicted means and their errors are those of a sum over rows, interactions and exposure included', async () => {
  const spec = { model: 'nb2', formula: 'y ~ x + region + region:x', exposure: 'service' } as const;
  const fit = await fitCountModel(data, spec);
  const at = (b: readonly number[], region: string): number => {
    const own = (term: string): number => b[fit.coefficients.findIndex((line) => line.term === term)] ?? 0;
    const slope = own('x') + own(`region[${region}]:x`);
    const each = rows.x.map(
      (x, row) => Number(rows.service[row]) * Math.exp(own('(Intercept)') + own(`region[${region}]`) + slope * Number(x)),
    );
    return each.reduce((sum, value) => sum + value, 0) / each.length;
  };
  const b = fit.coefficients.map(({ estimate }) => estimate);
  const order = Math.sqrt(fit.covariance!.length);
  const margins = predictiveMargins(data, spec, { fit, factors: ['region'] });
  expect(margins.map(({ at: [region] }) => region)).toEqual(['Africa', 'Asia', 'Europe']);
  for (const {
    at: [region],
    mean,
    se,
  } of margins) {
    expect(mean).toBeCloseTo(at(b, region!), 9);
    const slope = b.map((_, k) => {
      const moved = (by: number): number =>
        at(
          b.map((value, i) => (i === k ? value + by : value)),
          region!,
        );
      return (moved(1e-5) - moved(-1e-5)) / 2e-5;
    });
    const variance = slope.reduce(
      (sum, di, i) => sum + slope.reduce((part, dj, j) => part + di * dj * fit.covariance![i * order + j]!, 0),
      0,
    );
    expect(Math.abs(se / Math.sqrt(variance) - 1)).toBeLessThan(1e-6);
  }
});

test('no predicted means where they have no meaning: group effects, columns that are no factor', async () => {
  const fit = await fitCountModel(data, models[3]!);
  expect(() => predictiveMargins(data, models[3]!, { fit, factors: ['region'] })).toThrow(ModelInputError);
  const plain = await fitCountModel(data, models[0]!);
  expect(() => predictiveMargins(data, models[0]!, { fit: plain, factors: ['x'] })).toThrow('Expected a factor of the formula, got "x"');
});
