/** Sums of `value` over the rows with equal `key`, in order of first appearance. */
export function sumBy<Row, Key>(rows: readonly Row[], key: (row: Row) => Key, value: (row: Row) => number): Map<Key, number> {
  const sums = new Map<Key, number>();
  for (const row of rows) sums.set(key(row), (sums.get(key(row)) ?? 0) + value(row));
  return sums;
}

/** The sum of `value` over all rows. */
export function total<Row>(rows: readonly Row[], value: (row: Row) => number): number {
  return rows.reduce((sum, row) => sum + value(row), 0);
}

/** Rows from the largest value down; ties by name, so that the order never depends on where the rows came from. */
export function largestFirst<Row>(rows: readonly Row[], value: (row: Row) => number, name: (row: Row) => string): Row[] {
  return [...rows].sort((a, b) => value(b) - value(a) || (name(a) < name(b) ? -1 : 1));
}

/** a / b, or null where b is 0. */
export function shareOf(part: number, whole: number): number | null {
  return whole > 0 ? part / whole : null;
}
