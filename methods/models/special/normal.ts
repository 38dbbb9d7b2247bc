const TWO_OVER_SQRT_PI = 2 / Math.sqrt(Math.PI);

/** The 97.5% quantile of the standard normal distribution: half the width of a 95% interval in standard errors. */
export const Z_95 = 1.959963984540054;

/** Complementary error function; the upper tail keeps its relative precision down to the smallest numbers. */
export function erfc(x: number): number {
  if (x < 0) return 2 - erfc(-x);
  return x < 2 ? 1 - series(x) : continuedFraction(x);
}

/** P(|N(0,1)| > |z|). */
export function twoSided(z: number): number {
  return erfc(Math.abs(z) / Math.SQRT2);
}

/** P(χ² with one degree of freedom > x). */
export function chiSquareOneUpper(x: number): number {
  return x <= 0 ? 1 : erfc(Math.sqrt(x / 2));
}

function series(x: number): number {
  let [term, sum] = [x, x];
  for (let n = 1; term > sum * 1e-17; n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return TWO_OVER_SQRT_PI * Math.exp(-x * x) * sum;
}

/** Laplace's fraction x + (1/2)/(x + 1/(x + (3/2)/(x + …))), from its end: 120 levels suffice from x = 2. */
function continuedFraction(x: number): number {
  let below = x;
  for (let n = 120; n >= 1; n--) below = x + n / 2 / below;
  return Math.exp(-x * x) / (below * Math.sqrt(Math.PI));
}
