// 400,000 invented articles shaped like the paper's: 6 regions × 23 years, 9,259 outlets of very unequal size, 190 countries.
export const ROWS = 400_000;
export const COLUMNS = ['y', 'region', 'year', 'outlet', 'country', 'intl', 'authors'];
const OUTLETS = 9_259;

/** NB2 with α = 1.5 given region, year, outlet, country and team. Equal bytes for equal seeds. */
export function simulate(rows = ROWS, seed = 7) {
  const random = generator(seed);
  const columns = Object.fromEntries(COLUMNS.map((name) => [name, new Float64Array(rows)]));
  const effects = Float64Array.from({ length: OUTLETS }, () => 0.8 * random.normal());
  const skewed = (size) => Math.floor(size * random.uniform() ** 3);
  for (let row = 0; row < rows; row++) {
    const [region, year, outlet] = [skewed(6), 22 - skewed(23), skewed(OUTLETS)];
    const [intl, authors] = [Number(random.uniform() < 0.2), 1 + skewed(20)];
    const eta = 2.8 + effects[outlet] + 0.1 * region - 0.06 * year + 0.2 * intl + 0.02 * authors;
    const values = { y: random.count(Math.exp(eta)), region, year, outlet, country: skewed(190), intl, authors };
    for (const name of Object.keys(values)) columns[name][row] = values[name];
  }
  return columns;
}

function generator(seed) {
  let state = seed >>> 0;
  const uniform = () => ((state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) + 0.5) / 2 ** 32;
  const normal = () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
  /** A Poisson count around a gamma mean of shape 2/3 (Marsaglia & Tsang with their boost), rounded from the normal. */
  const count = (mean) => {
    const d = 2 / 3 + 1 - 1 / 3;
    for (;;) {
      const x = normal();
      const v = (1 + x / Math.sqrt(9 * d)) ** 3;
      if (v <= 0 || Math.log(uniform()) > 0.5 * x * x + d - d * v + d * Math.log(v)) continue;
      const rate = mean * 1.5 * d * v * uniform() ** 1.5;
      return Math.max(0, Math.round(rate + Math.sqrt(rate) * normal()));
    }
  };
  return { uniform, normal, count };
}
