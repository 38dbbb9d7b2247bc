import { lgamma } from './gamma';
import { chiSquareOneUpper } from './normal';

/**
 * P(χ² with df degrees of freedom > x), df a whole number from 1 on. Upper tails add up without cancellation, so small ones keep their
 * digits. Source: Abramowitz & Stegun 26.4.4–5 (Q(df) = Q(df − 2) + (x/2)^(df/2−1) e^(−x/2) / Γ(df/2)).
 */
export function chiSquareUpper(x: number, df: number): number {
  if (!(x > 0)) return 1;
  let tail = df % 2 === 1 ? chiSquareOneUpper(x) : 0;
  for (let k = df % 2 === 1 ? 3 : 2; k <= df; k += 2) tail += Math.exp((k / 2 - 1) * Math.log(x / 2) - x / 2 - lgamma(k / 2));
  return Math.min(1, tail);
}
