/**
 * f(x) = (ln(1+x) − x/(1+x)) / x² and its derivative loses all digits for small x when computed as written: a series below 0.02.
 * `ln1p` is ln(1+x), which the caller has.
 */
export function curvature(x: number, ln1p: number): number {
  if (x >= SMALL) return (ln1p - x / (1 + x)) / (x * x);
  let sum = 0;
  for (let k = TERMS; k >= 0; k--) sum = (k + 1) / (k + 2) - x * sum;
  return sum;
}

/** f′(x) of {@link curvature}. */
export function curvatureSlope(x: number, ln1p: number): number {
  if (x >= SMALL) {
    const share = x / (1 + x);
    return (-2 * ln1p + 2 * share + share * share) / (x * x * x);
  }
  let sum = 0;
  for (let k = TERMS; k >= 0; k--) sum = ((k + 1) * (k + 2)) / (k + 3) - x * sum;
  return -sum;
}

const SMALL = 0.02;
const TERMS = 10;
/** Where the Euler–Maclaurin formula with three corrections is right to the last digit: j + 1/α at least this. */
const SMOOTH = 200;

/** Sums over j = from … to−1 of ln(1+αj), j/(1+αj) and j²/(1+αj)². */
export interface DispersionSums {
  log: number;
  slope: number;
  square: number;
}

/** Adds `times` the three sums of a run to `into`. Short runs term by term; long ones (outcomes of millions) by Euler–Maclaurin. */
export function addDispersion(into: DispersionSums, alpha: number, { from, to, times }: { from: number; to: number; times: number }): void {
  const direct = to - from <= 2 * SMOOTH ? to : Math.min(to, Math.max(from, Math.ceil(SMOOTH - 1 / alpha)));
  let [log, slope, square] = [0, 0, 0];
  for (let j = from; j < direct; j++) {
    const ratio = j / (1 + alpha * j);
    log += Math.log1p(alpha * j);
    slope += ratio;
    square += ratio * ratio;
  }
  if (direct < to) {
    const [high, low] = [antiderivatives(to, alpha), antiderivatives(direct, alpha)];
    log += high.log - low.log;
    slope += high.slope - low.slope;
    square += high.square - low.square;
  }
  into.log += times * log;
  into.slope += times * slope;
  into.square += times * square;
}

/** ∫F − F/2 + F′/12 − F‴/720 at x, for the three summands F. */
function antiderivatives(x: number, alpha: number): DispersionSums {
  const s = alpha * x;
  const u = 1 + s;
  const v = 1 / u;
  const ln = Math.log1p(s);
  const ratio = x * v;
  const small = s < SMALL;
  const areaLog = small ? alternating(s, (k) => 1 / (k * (k - 1))) : u * ln - s;
  const areaSlope = small ? alternating(s, (k) => 1 / k) : s - ln;
  const areaSquare = small ? -alternating(s, (k) => (k - 2) / k) : s - 2 * ln + s * v;
  return {
    log: areaLog / alpha - ln / 2 + (alpha * v) / 12 - (2 * (alpha * v) ** 3) / 720,
    slope: areaSlope / alpha ** 2 - ratio / 2 + (v * v) / 12 - (6 * alpha ** 2 * v ** 4) / 720,
    square: areaSquare / alpha ** 3 - ratio ** 2 / 2 + (2 * x * v ** 3) / 12 - (alpha * (12 * v ** 4 - 24 * v ** 5)) / 720,
  };
}

/** Σ over k ≥ 2 of (−s)^k c(k). */
function alternating(s: number, coefficient: (k: number) => number): number {
  let [sum, power] = [0, -s];
  for (let k = 2; k <= 14; k++) {
    power *= -s;
    sum += power * coefficient(k);
  }
  return sum;
}
