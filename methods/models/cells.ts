import { lgamma } from './special/gamma';
import { everyRow } from './loops';
import { countsTable, runsOfCounts, sortedRuns, type Runs } from './runs';
import type { Patterns } from './patterns';

/**
 * Rows collapsed: those of one group with the same covariates are a cell. Cells stand by group; without groups all are one group.
 * The likelihoods need nothing else of the rows.
 */
export interface Cells {
  readonly patterns: Patterns;
  readonly rows: number;
  readonly outcome: Float64Array;
  /** Cell of each row. */
  readonly cellOf: Int32Array;
  readonly groups: number;
  readonly groupStart: Int32Array;
  readonly pattern: Int32Array;
  /** Rows, rows with a positive outcome, Σ y and Σ y² of each cell. */
  readonly size: Float64Array;
  readonly positive: Float64Array;
  readonly sum: Float64Array;
  readonly squares: Float64Array;
  /** Runs of all outcomes together. */
  readonly runs: Runs;
  /** Σ ln y!. */
  readonly logFactorials: number;
}

/** Rows to be collapsed: one value a row. */
interface Collapsing {
  readonly pattern: Int32Array;
  /** Null: all rows are one group. */
  readonly group: Int32Array | null;
  readonly groups: number;
  readonly outcome: Float64Array;
  /** No outcome is larger. */
  readonly most: number;
}

/** Collapses rows with so many patterns of covariates. */
export function collapse(count: number, { pattern, group, groups, outcome, most }: Collapsing): Omit<Cells, 'patterns'> {
  const numbered = group === null || groups === 1 ? onePerPattern(count, pattern) : numberCells(count, { pattern, group, groups });
  const rows = outcome.length;
  const counts = countsTable(most, { rows, buckets: 1 });
  const sums = totals(outcome, { cellOf: numbered.cellOf, cells: numbered.pattern.length, counts });
  const runs = counts === null ? sortedRuns(outcome, new Int32Array(rows), 1) : runsOfCounts(counts, 1);
  return { rows, outcome, groups, runs, ...numbered, ...sums, logFactorials: logFactorials(runs) };
}

type Numbered = Pick<Cells, 'cellOf' | 'groupStart' | 'pattern'>;

function onePerPattern(count: number, pattern: Int32Array): Numbered {
  return { cellOf: pattern, groupStart: Int32Array.of(0, count), pattern: everyRow(count) };
}

/** Up to so many combinations of group and pattern for each row a table numbers them; beyond, it is quicker to sort rows by group first. */
const TABLE = 1;

function numberCells(count: number, rows: { pattern: Int32Array; group: Int32Array; groups: number }): Numbered {
  return count * rows.groups <= TABLE * rows.group.length ? numberInTable(count, rows) : numberSorted(count, rows);
}

function numberInTable(count: number, { pattern, group, groups }: { pattern: Int32Array; group: Int32Array; groups: number }): Numbered {
  const table = new Int32Array(count * groups);
  for (let row = 0; row < group.length; row++) table[group[row]! * count + pattern[row]!] = 1;
  const groupStart = new Int32Array(groups + 1);
  const ofCell = new Int32Array(Math.min(group.length, table.length));
  let cells = 0;
  for (let g = 0; g < groups; g++) {
    for (let p = 0; p < count; p++) {
      if (table[g * count + p] === 0) continue;
      table[g * count + p] = cells;
      ofCell[cells++] = p;
    }
    groupStart[g + 1] = cells;
  }
  const cellOf = new Int32Array(group.length);
  for (let row = 0; row < group.length; row++) cellOf[row] = table[group[row]! * count + pattern[row]!]!;
  return { cellOf, groupStart, pattern: ofCell.slice(0, cells) };
}

function numberSorted(count: number, { pattern, group, groups }: { pattern: Int32Array; group: Int32Array; groups: number }): Numbered {
  const order = byGroup(group, groups);
  const cellOf = new Int32Array(group.length);
  const groupStart = new Int32Array(groups + 1);
  const cellPattern: number[] = [];
  const last = new Int32Array(count).fill(-1);
  for (let g = 0, at = 0; g < groups; g++) {
    for (; at < order.length && group[order[at]!] === g; at++) {
      const row = order[at]!;
      const p = pattern[row]!;
      if (last[p]! < groupStart[g]!) last[p] = cellPattern.push(p) - 1;
      cellOf[row] = last[p]!;
    }
    groupStart[g + 1] = cellPattern.length;
  }
  return { cellOf, groupStart, pattern: Int32Array.from(cellPattern) };
}

function byGroup(group: Int32Array, groups: number): Int32Array {
  const next = new Int32Array(groups + 1);
  for (let row = 0; row < group.length; row++) next[group[row]! + 1]!++;
  for (let g = 0; g < groups; g++) next[g + 1]! += next[g]!;
  const order = new Int32Array(group.length);
  for (let row = 0; row < group.length; row++) order[next[group[row]!]!++] = row;
  return order;
}

/** @param counts how often each outcome occurs: counted in the same pass, if there is a table for it */
function totals(
  outcome: Float64Array,
  { cellOf, cells, counts }: { cellOf: Int32Array; cells: number; counts: Int32Array | null },
): Pick<Cells, 'size' | 'positive' | 'sum' | 'squares'> {
  const made = () => new Float64Array(cells);
  const [size, positive, sum, squares] = [made(), made(), made(), made()];
  for (let row = 0; row < outcome.length; row++) {
    const cell = cellOf[row]!;
    const y = outcome[row]!;
    size[cell]!++;
    if (y > 0) positive[cell]!++;
    sum[cell]! += y;
    squares[cell]! += y * y;
    if (counts !== null) counts[y]!++;
  }
  return { size, positive, sum, squares };
}

/** The number of rows with exactly y = to[k] is the fall of the count after run k. */
function logFactorials({ to, times }: Runs): number {
  let sum = 0;
  for (let k = 0; k < to.length; k++) sum += (times[k]! - (times[k + 1] ?? 0)) * lgamma(to[k]! + 1);
  return sum;
}

/** The same cells with only some of the design's columns. */
export function keepColumns(cells: Cells, kept: readonly number[]): Cells {
  const { patterns } = cells;
  const place = new Int32Array(patterns.names.length).fill(-1);
  kept.forEach((column, at) => (place[column] = at));
  const start = new Int32Array(patterns.count + 1);
  const columns = new Int32Array(patterns.columns.length);
  const values = new Float64Array(patterns.values.length);
  let end = 0;
  for (let p = 0; p < patterns.count; p++) {
    for (let k = patterns.start[p]!; k < patterns.start[p + 1]!; k++) {
      if (place[patterns.columns[k]!]! < 0) continue;
      columns[end] = place[patterns.columns[k]!]!;
      values[end++] = patterns.values[k]!;
    }
    start[p + 1] = end;
  }
  const names = kept.map((column) => patterns.names[column]!);
  const centre = Float64Array.from(kept, (column) => patterns.centre[column]!);
  const scale = Float64Array.from(kept, (column) => patterns.scale[column]!);
  return {
    ...cells,
    patterns: { ...patterns, start, columns: columns.subarray(0, end), values: values.subarray(0, end), names, centre, scale },
  };
}
