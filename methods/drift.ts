/** A number of the paper, as `published-numbers.csv` gives it. `tol` in percent, for shares in points. */
export interface Published {
  readonly id: string;
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly op: 'eq' | 'approx' | 'gt' | 'lt' | 'order' | 'sig' | 'ns';
  readonly tol: number | null;
  readonly class: 'identity' | 'count' | 'share' | 'estimate' | 'audit';
}

export interface Verdict {
  readonly verdict: 'agrees' | 'differs' | 'not-yet';
  /** Rebuilt minus published: in points for shares, in percent of the published value else. */
  readonly difference: number | null;
}

/** The paper's intervals are those of 95%. */
const SIGNIFICANT = 0.05;

/**
 * Holds a rebuilt number against the published one, by its operator and tolerance.
 * @param p of the rebuilt number, where the paper says only that something is (`sig`) or is not (`ns`) significant
 */
export function judge(published: Published, rebuilt: number | null, p: number | null = null): Verdict {
  if ((published.op === 'sig' || published.op === 'ns') && p !== null)
    return { verdict: p < SIGNIFICANT === (published.op === 'sig') ? 'agrees' : 'differs', difference: null };
  const target = published.value ?? middle(published);
  if (rebuilt === null || target === null || !['eq', 'approx', 'gt', 'lt'].includes(published.op))
    return { verdict: 'not-yet', difference: null };
  const inPoints = published.class === 'share' || published.class === 'audit';
  const difference = inPoints || target === 0 ? rebuilt - target : ((rebuilt - target) / target) * 100;
  return { verdict: holds(published, rebuilt, { target, difference }) ? 'agrees' : 'differs', difference };
}

function holds(
  { op, tol, low, high }: Published,
  rebuilt: number,
  { target, difference }: { target: number; difference: number },
): boolean {
  if (op === 'gt') return rebuilt > target;
  if (op === 'lt') return rebuilt < target;
  if (low !== null && high !== null && rebuilt >= low && rebuilt <= high) return true;
  // Published shares are rounded to whole points: half a point more is no difference.
  return Math.abs(difference) <= (tol ?? 0) + (op === 'eq' && tol === null ? 0.5 : 0);
}

function middle({ low, high }: Published): number | null {
  return low === null || high === null ? null : (low + high) / 2;
}
