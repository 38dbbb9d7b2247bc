/** Compound annual growth rate as a fraction (0.1 = 10 % a year) over a number of years; null where it has no meaning. */
export function cagr(first: number, last: number, years: number): number | null {
  if (first <= 0 || last < 0 || years <= 0) return null;
  return (last / first) ** (1 / years) - 1;
}

/** Each count as a fraction of their sum; null for all where the sum is 0. */
export function shares(counts: readonly number[]): (number | null)[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return counts.map((count) => (total === 0 ? null : count / total));
}

const z95 = 1.959963984540054;

/**
 * Wilson's score interval of a proportion, 95 % unless another z is given. `n` 0 gives the whole range.
 * @throws RangeError unless 0 ≤ successes ≤ n
 */
export function wilsonInterval(successes: number, n: number, z: number = z95): { low: number; high: number } {
  if (!(successes >= 0 && successes <= n)) {
    throw new RangeError(`Expected successes from 0 to n, got ${successes} of ${n}. Check the counts.`);
  }
  if (n === 0) return { low: 0, high: 1 };
  const p = successes / n;
  const middle = p + z ** 2 / (2 * n);
  const half = z * Math.sqrt((p * (1 - p)) / n + z ** 2 / (4 * n ** 2));
  const scale = 1 + z ** 2 / n;
  return { low: Math.max(0, (middle - half) / scale), high: Math.min(1, (middle + half) / scale) };
}
