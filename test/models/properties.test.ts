import fc from 'fast-check';
import { fitCountModel, rateRatios, type CountFit, type ModelSpec } from '../../methods/models';
import { Conditional } from '../../methods/models/conditional';
import { LogLinear } from '../../methods/models/log-linear';
import type { Point, Problem } from '../../methods/models/newton';
import { takeSample } from '../../methods/models/sample';
import { dataOf, normal, panel, poissonDraw, uniforms, type Values } from './simulate';

const formula = 'y ~ x + region + region:x';
const models: readonly ModelSpec[] = [
  { model: 'nb2', formula, exposure: 'service' },
  { model: 'nb2-fe', formula, exposure: 'service', group: 'group' },
  { model: 'nb-hhg', formula, exposure: 'service', group: 'group' },
  { model: 'poisson-fe', formula, exposure: 'service', group: 'group' },
];
const numRuns = process.env.ATLAS_LONG_TESTS ? 100 : 6;
const rows = panel({ seed: 1, groups: 60, each: 7, alpha: 0.7, slope: 0.25 });
const fitTo = (values: Values, spec: ModelSpec): Promise<CountFit> => fitCountModel(dataOf(values), spec);

/** Largest difference of estimates in standard errors, and of standard errors relative to themselves, over terms of one name. */
function distance(a: CountFit, b: CountFit): number {
  const other = new Map(b.coefficients.map((line) => [line.term, line]));
  const shared = a.coefficients.filter(({ term }) => other.has(term));
  expect(shared.length).toBeGreaterThan(0);
  return Math.max(
    ...shared.map(({ term, estimate, se }) => {
      const twin = other.get(term)!;
      return Math.max(Math.abs(estimate - twin.estimate) / se!, Math.abs(se! / twin.se! - 1));
    }),
  );
}

function reordered(values: Values, order: readonly number[]): Values {
  return Object.fromEntries(Object.entries(values).map(([name, column]) => [name, order.map((row) => column[row]!)]));
}

/** Compares a problem's score, away from its maximum too, with central differences of its likelihood. */
function scoreError<Inner>(problem: Problem<Inner>, point: Point): number {
  const at = problem.evaluate(point);
  const { right } = problem.equations(at);
  const moved = (k: number, by: number): number =>
    problem.evaluate({ theta: at.point.theta.map((value, i) => (i === k ? value + by : value)), gamma: at.point.gamma }).logLik;
  const h = 1e-5;
  return Math.max(
    ...Array.from(right, (score, k) => Math.abs((moved(k, h) - moved(k, -h)) / (2 * h) - score) / Math.max(1, Math.abs(score))),
  );
}

const aPoint = (order: number, tau: number | null): Float64Array =>
  Float64Array.from({ length: order }, (_, k) => (k === order - 1 && tau !== null ? tau : 0.3 / (k + 1)));

test.each([-3, 0, 1.5])('the score of NB2 is the slope of its likelihood, ln alpha %d', (tau) => {
  const { cells } = takeSample(dataOf(rows), models[0]!);
  const problem = new LogLinear(cells, { absorbed: false, dispersed: true });
  expect(scoreError(problem, { theta: aPoint(problem.order, tau), gamma: new Float64Array(0) })).toBeLessThan(1e-6);
});

test('the scores of the Poisson model, pooled and with group effects at their optimum, and of the conditional model', () => {
  const pooled = takeSample(dataOf(rows), models[0]!);
  const poisson = new LogLinear(pooled.cells, { absorbed: false, dispersed: false });
  expect(scoreError(poisson, { theta: aPoint(poisson.order, null), gamma: new Float64Array(0) })).toBeLessThan(1e-6);
  const absorbed = takeSample(dataOf(rows), models[3]!);
  const fixed = new LogLinear(absorbed.cells, { absorbed: true, dispersed: false });
  expect(scoreError(fixed, { theta: aPoint(fixed.order, null), gamma: new Float64Array(absorbed.cells.groups) })).toBeLessThan(1e-6);
  const conditional = new Conditional(takeSample(dataOf(rows), models[2]!).cells);
  expect(scoreError(conditional, { theta: aPoint(conditional.order, null), gamma: new Float64Array(0) })).toBeLessThan(1e-6);
});

/** The information must be the slope of the score: for the absorbed NB2 this holds along the profile of the group effects only. */
test.each(models.filter(({ model }) => model !== 'nb2-fe'))(
  '$model: the information is minus the slope of the score',
  ({ model, ...spec }) => {
    const { cells } = takeSample(dataOf(rows), { model, ...spec });
    const dispersed = model === 'nb2';
    const problem = model === 'nb-hhg' ? new Conditional(cells) : new LogLinear(cells, { absorbed: model === 'poisson-fe', dispersed });
    const error = informationError(problem as Problem<unknown>, {
      theta: aPoint(problem.order, dispersed ? -0.4 : null),
      gamma: new Float64Array(model === 'poisson-fe' ? cells.groups : 0),
    });
    expect(error).toBeLessThan(1e-5);
  },
);

function informationError(problem: Problem<unknown>, point: Point): number {
  const { information, right } = problem.equations(problem.evaluate(point));
  const order = right.length;
  const scoreAt = (k: number, by: number): Float64Array =>
    problem.equations(problem.evaluate({ ...point, theta: point.theta.map((value, i) => (i === k ? value + by : value)) })).right;
  let worst = 0;
  for (let k = 0; k < order; k++) {
    const [up, down] = [scoreAt(k, 1e-5), scoreAt(k, -1e-5)];
    for (let i = k; i < order; i++) {
      const scale = Math.sqrt(Math.abs(information[i * order + i]! * information[k * order + k]!));
      worst = Math.max(worst, Math.abs((up[i]! - down[i]!) / 2e-5 + information[i * order + k]!) / scale);
    }
  }
  return worst;
}

describe.each(models)('$model', (spec) => {
  test('the order of rows does not matter', async () => {
    const base = await fitTo(rows, spec);
    const order = fc.shuffledSubarray([...rows.y.keys()], { minLength: rows.y.length });
    await fc.assert(
      fc.asyncProperty(order, async (shuffled) => {
        const fit = await fitTo(reordered(rows, shuffled), spec);
        expect(fit.coefficients.map(({ term }) => term)).toEqual(base.coefficients.map(({ term }) => term));
        expect(distance(base, fit)).toBeLessThan(1e-9);
      }),
      { numRuns },
    );
  });

  test('a covariate in other units has its coefficient in other units', async () => {
    const base = await fitTo(rows, spec);
    const slope = base.coefficients.find(({ term }) => term === 'x')!;
    const units = fc.tuple(fc.integer({ min: -8, max: 8 }), fc.integer({ min: -50, max: 50 }));
    await fc.assert(
      fc.asyncProperty(units, async ([power, shift]) => {
        const factor = 10 ** power;
        const fit = await fitTo({ ...rows, x: rows.x.map((x) => (Number(x) + shift) * factor) }, spec);
        const found = fit.coefficients.find(({ term }) => term === 'x')!;
        expect(Math.abs(found.estimate * factor - slope.estimate)).toBeLessThan(1e-7 * slope.se!);
        expect(Math.abs((found.se! * factor) / slope.se! - 1)).toBeLessThan(1e-7);
        expect(Math.abs(fit.logLik / base.logLik - 1)).toBeLessThan(1e-12);
      }),
      { numRuns },
    );
  });

  test('another reference level gives the same contrasts', async () => {
    const plain = { ...spec, formula: 'y ~ x + region' };
    const [africa, europe] = [await fitTo(rows, plain), await fitTo(rows, { ...spec, formula: 'y ~ x + ref(region, "Europe")' })];
    const at = (fit: CountFit, term: string): number => fit.coefficients.find((line) => line.term === term)!.estimate;
    expect(at(africa, 'region[Asia]') - at(africa, 'region[Europe]')).toBeCloseTo(at(europe, 'region[Asia]'), 10);
    expect(at(africa, 'region[Europe]')).toBeCloseTo(-at(europe, 'region[Africa]'), 10);
    expect(Math.abs(africa.logLik / europe.logLik - 1)).toBeLessThan(1e-13);
    expect(distance({ ...africa, coefficients: africa.coefficients.filter(({ term }) => term === 'x') }, europe)).toBeLessThan(1e-9);
  });
});

test.each([models[0]!, models[1]!, models[3]!])('$model: all rows twice halve the information, and nothing else', async (spec) => {
  // Group effects see their rows twice as well; the conditional model is another model then.
  const twice = reordered(rows, [...rows.y.keys(), ...rows.y.keys()]);
  const [once, double] = [await fitTo(rows, { ...spec, se: 'oim' }), await fitTo(twice, { ...spec, se: 'oim' })];
  const widened = { ...double, coefficients: double.coefficients.map((line) => ({ ...line, se: line.se! * Math.SQRT2 })) };
  expect(distance(once, widened)).toBeLessThan(1e-9);
});

test('collapsing equal rows changes nothing: a covariate that tells rows apart but has no effect to speak of', async () => {
  const whole = rows.x.map((x) => Math.round(Number(x)));
  const spec = { model: 'nb2', formula: 'y ~ whole + region' } as const;
  const collapsed = takeSample(dataOf({ ...rows, whole }), spec).cells;
  expect(collapsed.size.length).toBeLessThan(collapsed.rows / 4);
  // Exposures that differ in the sixteenth digit make every row a cell of its own.
  const nudged = rows.y.map((_, row) => 1 + row * Number.EPSILON);
  const apart = { ...spec, exposure: 'nudged' };
  expect(takeSample(dataOf({ ...rows, whole, nudged }), apart).cells.size.length).toBe(collapsed.rows);
  expect(distance(await fitTo({ ...rows, whole }, spec), await fitTo({ ...rows, whole, nudged }, apart))).toBeLessThan(1e-10);
});

test('groups with only zeros change nothing but their count', async () => {
  const extra = { y: [0, 0, 0], x: [3, -2, 1], region: ['Asia', 'Asia', 'Europe'], group: ['zero', 'zero', 'zero'], service: [1, 2, 1] };
  const more = Object.fromEntries(Object.entries(rows).map(([name, column]) => [name, [...column, ...extra[name as keyof typeof extra]]]));
  for (const spec of models.slice(1)) {
    const [without, withZeros] = [await fitTo(rows, spec), await fitTo(more, spec)];
    expect(withZeros.dropped.allZeroGroups).toBe(3 + without.dropped.allZeroGroups);
    expect(distance(without, withZeros)).toBeLessThan(1e-12);
  }
});

test('one group only is the pooled model', async () => {
  const single = { ...rows, group: rows.y.map(() => 'all') };
  const [pooled, absorbed] = [await fitTo(single, models[0]!), await fitTo(single, { ...models[1]!, se: 'oim' })];
  expect(distance(absorbed, pooled)).toBeLessThan(1e-9);
  expect(Math.abs(pooled.alpha! / absorbed.alpha! - 1)).toBeLessThan(1e-9);
});

test('group effects as dummies and absorbed are the same model', async () => {
  const few = panel({ seed: 4, groups: 12, each: 15, alpha: 0.5, slope: 0.3 });
  const dummies = await fitTo(few, { model: 'nb2', formula: 'y ~ x + group', se: { cluster: 'group' } });
  const absorbed = await fitTo(few, { model: 'nb2-fe', formula: 'y ~ x', group: 'group' });
  expect(distance(absorbed, dummies)).toBeLessThan(1e-8);
  expect(Math.abs(absorbed.logLik / dummies.logLik - 1)).toBeLessThan(1e-12);
});

test('Poisson data end at the boundary about half of the time, always with a finite test', async () => {
  const next = uniforms(3);
  let boundary = 0;
  for (let round = 0; round < 40; round++) {
    const x = Array.from({ length: 150 }, () => normal(next));
    const fit = await fitTo({ x, y: x.map((value) => poissonDraw(Math.exp(0.5 + 0.3 * value), next)) }, { model: 'nb2', formula: 'y ~ x' });
    expect(fit.converged).toBe(true);
    expect(fit.overdispersion!.p).toBeGreaterThan(0);
    if (fit.diagnostics.boundary) boundary++;
  }
  expect(boundary).toBeGreaterThan(8);
  expect(boundary).toBeLessThan(32);
});

test('rate ratios leave out the constant and give percent', async () => {
  const fit = await fitTo(rows, { model: 'nb2', formula: 'y ~ x' });
  const [line] = fit.coefficients.slice(1);
  expect(rateRatios(fit)).toEqual([
    {
      ...{ term: 'x', ratio: Math.exp(line!.estimate), se: Math.exp(line!.estimate) * line!.se! },
      ...{ low: Math.exp(line!.low!), high: Math.exp(line!.high!), percent: 100 * Math.expm1(line!.estimate) },
    },
  ]);
});

test.each(models)('$model: an offset of ln(t) is an exposure of t', async (spec) => {
  const logged = { ...rows, logged: rows.service!.map((value) => Math.log(Number(value))) };
  const offset = await fitTo(logged, { ...spec, exposure: undefined, formula: `${formula} + offset(logged)` });
  expect(distance(await fitTo(rows, spec), offset)).toBeLessThan(1e-9);
});
