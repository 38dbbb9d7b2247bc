import { fitCountModel, type ModelSpec } from '../../methods/models';
import { dataOf, gammaDraw, nb2Draw, normal, panel, poissonDraw, uniforms, type Values } from './simulate';

const replications = process.env.ATLAS_LONG_TESTS ? 500 : 25;
const truth = 0.3;

interface Recovered {
  readonly slope: number;
  /** Simulation error of the mean slope. */
  readonly error: number;
  /** Share of nominal 95% intervals that hold the truth. */
  readonly covered: number;
}

async function recover(spec: ModelSpec, simulate: (seed: number) => Values): Promise<Recovered> {
  const slopes: number[] = [];
  let covered = 0;
  for (let seed = 1; seed <= replications; seed++) {
    const { coefficients } = await fitCountModel(dataOf(simulate(seed)), spec);
    const { estimate, low, high } = coefficients.find(({ term }) => term === 'x')!;
    slopes.push(estimate);
    if (low! <= truth && truth <= high!) covered++;
  }
  const slope = slopes.reduce((sum, value) => sum + value, 0) / replications;
  const variance = slopes.reduce((sum, value) => sum + (value - slope) ** 2, 0) / (replications - 1);
  return { slope, error: Math.sqrt(variance / replications), covered: covered / replications };
}

/** NB2 errors, and groups whose effects the covariate is correlated with. */
const withGroups = (seed: number): Values => panel({ seed, groups: 60, each: 20, alpha: 1.5, slope: truth });

/** NB2 errors and no groups. */
function pooled(seed: number): Values {
  const next = uniforms(seed);
  const x = Array.from({ length: 1200 }, () => normal(next));
  return { x, y: x.map((value) => nb2Draw(Math.exp(1 + truth * value), 1.5, next)) };
}

/** The model of Hausman, Hall & Griliches: a gamma of shape λ and a scale of the group's, so the variance is proportional to the mean. */
function conditional(seed: number): Values {
  const next = uniforms(seed);
  const rows: { x: number[]; y: number[]; group: string[] } = { x: [], y: [], group: [] };
  for (let group = 0; group < 120; group++) {
    const effect = normal(next);
    for (let i = 0; i < 10; i++) {
      const x = 0.5 * effect + normal(next);
      rows.x.push(x);
      rows.y.push(poissonDraw(gammaDraw(Math.exp(0.5 + truth * x), next) * Math.exp(0.7 * effect), next));
      rows.group.push(`g${group}`);
    }
  }
  return rows;
}

const effects = { formula: 'y ~ x + region', exposure: 'service', group: 'group' };
/** 0.95 less three and a half simulation errors, and two points for intervals that are right in large samples only. */
const leastCoverage = 0.95 - 3.5 * Math.sqrt((0.95 * 0.05) / replications) - 0.02;

test.each([
  ['nb2', { model: 'nb2', formula: 'y ~ x' }, pooled],
  ['nb2-fe within groups of twenty', { model: 'nb2-fe', ...effects }, withGroups],
  ['poisson-fe within groups of twenty', { model: 'poisson-fe', ...effects }, withGroups],
  ['nb-hhg under its own model', { model: 'nb-hhg', formula: 'y ~ x', group: 'group' }, conditional],
] as const)(
  '%s finds the slope, and its intervals hold it as often as they say',
  async (_, spec, simulate) => {
    const { slope, error, covered } = await recover(spec, simulate);
    expect(Math.abs(slope - truth)).toBeLessThan(0.006 + 3.5 * error);
    expect(covered).toBeGreaterThan(leastCoverage);
  },
  1_200_000,
);

test('nb-hhg shrinks slopes when the variance grows with the square of the mean, as docs/methods/models.md says', async () => {
  const { slope, error, covered } = await recover({ model: 'nb-hhg', ...effects }, withGroups);
  expect(slope + 4 * error).toBeLessThan(0.8 * truth);
  expect(slope - 4 * error).toBeGreaterThan(0);
  expect(covered).toBeLessThan(0.5);
}, 1_200_000);
