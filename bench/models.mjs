// How long a count model takes on 400,000 simulated rows shaped like the paper's (6 regions × 23 years, 9,259 outlets, 190 countries),
// collapse and drops included, data already in columns. The floor is one pass that computes ln Γ once a row.
//   npm run build && node bench/models.mjs
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import os from 'node:os';

const require = createRequire(import.meta.url);
const { fitCountModel } = require('../dist/methods/models/index.js');
const { lgamma } = require('../dist/methods/models/special/gamma.js');

const [ROWS, OUTLETS, ROUNDS] = [400_000, 9_259, 5];
let state = 7;
const uniform = () => ((state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) + 0.5) / 2 ** 32;
const normal = () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
const skewed = (size) => Math.floor(size * uniform() ** 3);

/** NB2 with α = 1.5: a Poisson count around a gamma-distributed mean (shape 2/3, by Marsaglia & Tsang with their boost). */
function count(mean) {
  const d = 2 / 3 + 1 - 1 / 3;
  for (;;) {
    const x = normal();
    const v = (1 + x / Math.sqrt(9 * d)) ** 3;
    if (v <= 0 || Math.log(uniform()) > 0.5 * x * x + d - d * v + d * Math.log(v)) continue;
    const rate = mean * 1.5 * d * v * uniform() ** 1.5;
    return Math.max(0, Math.round(rate + Math.sqrt(rate) * normal()));
  }
}

function simulate() {
  const columns = Object.fromEntries(
    ['y', 'region', 'year', 'outlet', 'country', 'intl', 'authors'].map((name) => [name, new Float64Array(ROWS)]),
  );
  const effects = Float64Array.from({ length: OUTLETS }, () => 0.8 * normal());
  for (let row = 0; row < ROWS; row++) {
    const [region, year, outlet] = [skewed(6), 22 - skewed(23), skewed(OUTLETS)];
    const [intl, authors] = [Number(uniform() < 0.2), 1 + skewed(20)];
    const eta = 2.8 + effects[outlet] + 0.1 * region - 0.06 * year + 0.2 * intl + 0.02 * authors;
    const values = { y: count(Math.exp(eta)), region, year, outlet, country: skewed(190), intl, authors };
    for (const [name, value] of Object.entries(values)) columns[name][row] = value;
  }
  return { rows: ROWS, columns: new Map(Object.entries(columns).map(([name, values]) => [name, { kind: 'number', values }])) };
}

async function best(work) {
  let least = Infinity;
  for (let round = 0; round <= ROUNDS; round++) {
    const from = performance.now();
    await work();
    if (round > 0) least = Math.min(least, performance.now() - from);
  }
  return least;
}

const peer = spawnSync('Rscript', ['--version'], { encoding: 'utf8' });
const data = simulate();
const { values } = data.columns.get('y');
const floor = await best(() => values.reduce((sum, y) => sum + lgamma(y + 1), 0));
const regions = 'y ~ factor(region) + factor(year)';
const country = 'y ~ intl + authors + factor(year)';
console.log(
  `Setting: ${os.cpus().length} × ${os.cpus()[0]?.model}, Node ${process.versions.node}, ${ROWS} rows, warm: best of ${ROUNDS} after one`,
);
console.log(`floor (ln Γ of each row): ${floor.toFixed(1)} ms · R: ${peer.error ? 'not on PATH' : `${peer.stdout}${peer.stderr}`.trim()}`);
for (const [name, spec] of Object.entries({
  '(a) nb2': { model: 'nb2', formula: regions },
  '(a) nb2, clustered': { model: 'nb2', formula: regions, se: { cluster: 'outlet' } },
  '(b) nb2-fe': { model: 'nb2-fe', formula: regions, group: 'outlet', se: 'oim' },
  '(b) nb-hhg': { model: 'nb-hhg', formula: regions, group: 'outlet' },
  '(b) poisson-fe': { model: 'poisson-fe', formula: regions, group: 'outlet' },
  '(c) nb2': { model: 'nb2', formula: `${country} + factor(country)` },
  '(c) nb-hhg': { model: 'nb-hhg', formula: country, group: 'country' },
})) {
  let fit;
  const time = await best(async () => (fit = await fitCountModel(data, spec)));
  const told = `${fit.n} rows, ${fit.coefficients.length} coefficients, ${fit.iterations} iterations${fit.converged ? '' : ', NOT CONVERGED'}`;
  console.log(`${name}: ${time.toFixed(0)} ms (${(time / floor).toFixed(1)} × floor) · ${told}`);
}
