import { fitCountModel, type ModelSpec } from '../../methods/models';
import { dataOf, normal, panel, poissonDraw, uniforms } from './simulate';

const sample = panel({ seed: 11, groups: 40, each: 8, alpha: 0.8, slope: 0.3 });
const nb2 = { model: 'nb2', formula: 'y ~ x' } as const;
const everyModel: readonly ModelSpec[] = [
  nb2,
  { model: 'nb2-fe', formula: 'y ~ x', group: 'group' },
  { model: 'nb-hhg', formula: 'y ~ x', group: 'group' },
  { model: 'poisson-fe', formula: 'y ~ x', group: 'group' },
];

test.each(everyModel)('$model: an outcome of 1e9 among small ones comes to an honest end', async (spec) => {
  const fit = await fitCountModel(dataOf({ ...sample, y: sample.y.map((y, row) => (row === 5 ? 1e9 : y)) }), spec);
  expect(Number.isFinite(fit.logLik)).toBe(true);
  expect(fit.converged).toBe(fit.coefficients.every(({ se }) => se !== null));
  if (fit.converged) expect(fit.diagnostics.gradient).toBeLessThan(1e-4);
  else expect(fit.warnings.join(' ')).toMatch(/Not converged: .* Outcomes up to 1e\+9 leave it few digits\./);
});

test('a constant covariate and a copy of another are left out by name', async () => {
  const { x } = sample;
  const fit = await fitCountModel(dataOf({ ...sample, one: x.map(() => 0.1), copy: x.map((value) => 7 - 2 * Number(value)) }), {
    ...nb2,
    formula: 'y ~ one + x + copy',
  });
  expect(fit).toMatchObject({ converged: true, droppedColumns: ['one', 'copy'] });
  expect(fit.warnings).toEqual(['Collinear with other terms, left out: one, copy.']);
  expect(fit.coefficients.map(({ term }) => term)).toEqual(['(Intercept)', 'x']);
});

test('a covariate that is constant within groups is collinear with absorbed effects, but not in the conditional model', async () => {
  const size = sample.group.map((group) => Number(String(group).slice(1)) % 5);
  const data = dataOf({ ...sample, size });
  for (const model of ['nb2-fe', 'poisson-fe'] as const) {
    expect((await fitCountModel(data, { model, formula: 'y ~ x + size', group: 'group' })).droppedColumns).toEqual(['size']);
  }
  const hhg = await fitCountModel(data, { model: 'nb-hhg', formula: 'y ~ x + size', group: 'group' });
  expect(hhg).toMatchObject({ converged: true, droppedColumns: [] });
});

test('a time stamp is no constant: its spread is 1e-9 of its size', async () => {
  const stamp = sample.x.map((x) => 1.7e12 + Math.round(Number(x) * 1000));
  const [plain, shifted] = [await fitCountModel(dataOf(sample), nb2), await fitCountModel(dataOf({ ...sample, x: stamp }), nb2)];
  expect(shifted.droppedColumns).toEqual([]);
  expect(Math.abs(shifted.coefficients[1]!.estimate * 1000 - plain.coefficients[1]!.estimate)).toBeLessThan(1e-3);
});

test('zeros that a covariate predicts perfectly are left out and named', async () => {
  const [y, x] = [
    [1, 2, 0, 4, 3, 1, 6, 0, 0],
    [0, 0, 0, 0, 0, 0, 0, 1, 3],
  ];
  const other = [1, 2, 3, 4, 5, 2, 7, 3, 1];
  const fit = await fitCountModel(dataOf({ y, x, other }), { ...nb2, formula: 'y ~ x + other' });
  expect(fit.drops).toEqual([{ reason: 'separated', rows: 2, names: ['row 8', 'row 9'] }]);
  expect(fit.droppedColumns).toEqual(['x']);
  expect(fit.converged).toBe(true);
});

test('perfect prediction: the Poisson boundary, not a runaway', async () => {
  const x = [0, 1, 2, 3, 0, 1, 2, 3];
  const fit = await fitCountModel(dataOf({ y: x.map((value) => 2 ** value), x }), nb2);
  expect(fit).toMatchObject({
    converged: true,
    alpha: 0,
    lnAlpha: null,
    overdispersion: { statistic: 0, p: 1 },
    diagnostics: { boundary: true },
  });
  expect(fit.coefficients[1]!.estimate).toBeCloseTo(Math.LN2, 9);
  expect(fit.logLik).toBe(fit.logLikPoisson);
});

test('perfect prediction leaves no scores: no standard errors of zero, but a word', async () => {
  const x = [0, 1, 2, 3, 4, 5, 6, 7];
  const columns = { y: x.map((value) => 2 ** value), x, group: x.map((value) => value % 4) };
  const fit = await fitCountModel(dataOf(columns), { model: 'poisson-fe', formula: 'y ~ x', group: 'group' });
  expect(fit).toMatchObject({ converged: true, wald: null, coefficients: [{ se: null, z: null, p: null }] });
  expect(fit.coefficients[0]!.estimate).toBeCloseTo(Math.LN2, 9);
  expect(fit.warnings.join(' ')).toContain('The standard errors of x are less than a tenth of those by information');
});

test('one cluster that decides a coefficient makes its clustered error meaningless, and that is said', async () => {
  const y = sample.y.map((value, row) => (row === 3 ? 1e9 : value));
  const fit = await fitCountModel(dataOf({ ...sample, y }), { model: 'poisson-fe', formula: 'y ~ x', group: 'group' });
  expect(fit.warnings.join(' ')).toContain('one cluster that decides');
});

test('counts less dispersed than Poisson within groups leave the conditional model without a maximum, and it says so', async () => {
  const group = Array.from({ length: 200 }, (_, row) => Math.floor(row / 4));
  const x = group.map((_, row) => row % 4);
  const fit = await fitCountModel(dataOf({ y: x.map((value) => 10 + 2 * value), x, group }), {
    model: 'nb-hhg',
    formula: 'y ~ x',
    group: 'group',
  });
  expect(fit.converged).toBe(false);
  expect(fit.coefficients.every(({ se, p }) => se === null && p === null)).toBe(true);
  expect(fit.warnings.join(' ')).toContain('no overdispersion within groups, so fit poisson-fe');
});

test('groups without overdispersion send the coefficient that marks them to infinity, which is no convergence', async () => {
  const even = sample.group.map((_, row) => Number(row % 80 < 40));
  const y = sample.y.map((value, row) => (even[row] === 1 ? 10 + (row % 2) : value));
  const fit = await fitCountModel(dataOf({ ...sample, y, even }), { model: 'nb-hhg', formula: 'y ~ x + even', group: 'group' });
  expect(fit.converged).toBe(false);
  expect(fit.warnings.join(' ')).toContain('Not converged');
});

test('a coefficient that runs away slowly is no convergence, and is named', async () => {
  const columns = {
    y: [0, 0, 0, 0, 4, 1, 0, 0, 0, 0, 0, 9, 5, 13],
    x: [45, 263, -4, -4, 0, -2, -291, -4, -282, -5, 0, 360, -35, 2],
    d: [0, 1, 0, 1, 0, 0, 0, 1, 0, 1, 1, 0, 0, 1],
    g: [3, 4, 4, 3, 3, 4, 3, 2, 4, 1, 3, 4, 2, 1],
  };
  const fit = await fitCountModel(dataOf(columns), { model: 'nb-hhg', formula: 'y ~ x + d', group: 'g' });
  expect(fit.diagnostics.decrement).toBeLessThan(1e-9);
  expect(fit).toMatchObject({ converged: false, covariance: null, coefficients: [{ se: null }, { se: null }, { se: null }] });
  expect(fit.warnings).toEqual(['Not converged: the coefficient of d grows without bound. Do not use these estimates.']);
});

test('many groups of one row', async () => {
  const next = uniforms(5);
  const rows = Array.from({ length: 600 }, (_, row) => row);
  const group = rows.map((row) => (row < 500 ? `single${row}` : `g${row % 10}`));
  const x = rows.map(() => normal(next));
  const data = dataOf({ group, x, y: x.map((value) => poissonDraw(Math.exp(1 + 0.2 * value + normal(next)), next)) });
  const hhg = await fitCountModel(data, { model: 'nb-hhg', formula: 'y ~ x', group: 'group' });
  expect(hhg).toMatchObject({ converged: true, n: 100, groups: 10, dropped: { singletonGroups: 500 } });
  const fe = await fitCountModel(data, { model: 'poisson-fe', formula: 'y ~ x', group: 'group' });
  expect(fe.converged).toBe(true);
  expect(fe.coefficients[0]!.estimate).toBeCloseTo(
    (await fitCountModel(data, { model: 'poisson-fe', formula: 'y ~ x', group: 'group', se: 'oim' })).coefficients[0]!.estimate,
    12,
  );
});

test.each(everyModel)('$model: a hundred thousand groups of one row each, or one row, or zeros only: an end with a word', async (spec) => {
  const many = Array.from({ length: 100_000 }, (_, row) => row);
  const y = many.map((row) => (row * 7919) % 5);
  const apart = dataOf({ y, x: many.map((row) => row % 13), group: many });
  if (spec.model === 'nb-hhg') await expect(fitCountModel(apart, spec)).rejects.toThrow('got none of 100000');
  else if (spec.model === 'poisson-fe')
    expect(await fitCountModel(apart, spec)).toMatchObject({ coefficients: [], droppedColumns: ['x'], dropped: { allZeroGroups: 20_000 } });
  else if (spec.group !== undefined) await expect(fitCountModel(apart, spec)).rejects.toThrow('at most as many parameters as rows');
  else expect((await fitCountModel(apart, spec)).converged).toBe(true);
  await expect(fitCountModel(dataOf({ y: [3], x: [1], group: ['a'] }), spec)).rejects.toThrow(/^Expected/);
  await expect(fitCountModel(dataOf({ ...sample, y: sample.y.map(() => 0) }), spec)).rejects.toThrow(
    'Nothing can be estimated from zeros only',
  );
});

test('a base level with only zeros hands over to another, and says so', async () => {
  const data = dataOf({ y: [0, 0, 1, 2, 3, 0, 5, 1, 2, 7], region: ['A', 'A', 'B', 'B', 'B', 'C', 'C', 'C', 'D', 'D'] });
  const fit = await fitCountModel(data, { ...nb2, formula: 'y ~ ref(region, "A")' });
  expect(fit.drops).toEqual([{ reason: 'allZeroLevels', rows: 2, names: ['region[A]'] }]);
  expect(fit.coefficients.map(({ term }) => term)).toEqual(['(Intercept)', 'region[C]', 'region[D]']);
  expect(fit.warnings[0]).toContain('The reference level "A" of region has no row left');
});

test('a signal ends the fit before the next iteration', async () => {
  const stop = new AbortController();
  const seen: number[] = [];
  const onProgress = ({ iteration, logLik, gradient }: { iteration: number; logLik: number; gradient: number }): void => {
    seen.push(iteration);
    expect(Number.isFinite(logLik) && gradient >= 0).toBe(true);
    if (seen.length === 3) stop.abort(new Error('enough'));
  };
  await expect(fitCountModel(dataOf(sample), nb2, { signal: stop.signal, onProgress })).rejects.toThrow('enough');
  expect(seen).toEqual([0, 1, 2]);
});
