import { createHash } from 'node:crypto';

/** A row of the population, with what it is stratified by, the coarsest first. */
export interface Drawable {
  readonly id: string;
  readonly strata: readonly string[];
}

/**
 * Draws n rows evenly over the strata: rows in the order of their strata, at random within, every N/n-th from a random start. So each
 * row has the same chance, each stratum its share to less than one row, and strata may be many more than n. The draw depends on ids and
 * seed alone, not on the order the rows come in; it comes back shuffled, so that the order tells a rater nothing.
 * @throws RangeError unless 1 ≤ n ≤ N
 */
export function stratifiedDraw<T extends Drawable>(rows: readonly T[], n: number, seed: string): T[] {
  if (!(Number.isInteger(n) && n >= 1 && n <= rows.length))
    throw new RangeError(`Expected a sample of 1 to ${rows.length} rows, got ${n} (population of the draw). Ask for fewer rows.`);
  const ordered = sortedBy(rows, ({ id, strata }) => [...strata, digest(`order ${seed} ${id}`)]);
  const start = Number.parseInt(digest(`start ${seed}`).slice(0, 12), 16) / 2 ** 48;
  const drawn = Array.from({ length: n }, (_, k) => ordered[Math.floor(((k + start) * rows.length) / n)]!);
  return sortedBy(drawn, ({ id }) => [digest(`sheet ${seed} ${id}`)]);
}

function sortedBy<T>(rows: readonly T[], keyOf: (row: T) => readonly string[]): T[] {
  return rows
    .map((row) => ({ row, key: keyOf(row).join('\0') }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ row }) => row);
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
