import { fitCountModel, type Model } from '../../methods/models';
import { dataOf, panel } from './simulate';

const replications = process.env.ATLAS_LONG_TESTS ? 500 : 12;
const truth = 0.3;

/** Mean slope and coverage of nominal 95% intervals over simulated panels with NB2 errors and correlated group effects. */
async function recover(
  model: Model,
  { groups, each }: { groups: number; each: number },
): Promise<{ slope: number; error: number; covered: number }> {
  const slopes: number[] = [];
  let covered = 0;
  for (let seed = 1; seed <= replications; seed++) {
    const data = dataOf(panel({ seed, groups, each, alpha: 1.5, slope: truth }));
    const spec = { model, formula: 'y ~ x + region', exposure: 'service', group: 'group' };
    const { coefficients } = await fitCountModel(data, spec);
    const { estimate, low, high } = coefficients.find(({ term }) => term === 'x')!;
    slopes.push(estimate);
    if (low! <= truth && truth <= high!) covered++;
  }
  const slope = slopes.reduce((sum, value) => sum + value, 0) / replications;
  const variance = slopes.reduce((sum, value) => sum + (value - slope) ** 2, 0) / (replications - 1);
  return { slope, error: Math.sqrt(variance / replications), covered: covered / replications };
}

test.each([
  ['nb2-fe', 0.003],
  ['poisson-fe', 0.003],
] as const)(
  '%s finds the slope within groups of twenty',
  async (model, bias) => {
    const { slope, error, covered } = await recover(model, { groups: 100, each: 20 });
    expect(Math.abs(slope - truth)).toBeLessThan(bias + 3.5 * error);
    expect(covered).toBeGreaterThan(replications > 100 ? 0.9 : 0.7);
  },
  600_000,
);

test('nb-hhg shrinks slopes when the variance grows with the square of the mean, as docs/methods/models.md says', async () => {
  const { slope, error } = await recover('nb-hhg', { groups: 100, each: 20 });
  expect(slope + 4 * error).toBeLessThan(0.8 * truth);
  expect(slope - 4 * error).toBeGreaterThan(0);
}, 600_000);
