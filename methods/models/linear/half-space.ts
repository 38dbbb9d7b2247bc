import { factor, solve } from './cholesky';

/** Vectors of one length, row-major. */
export interface Rows {
  readonly count: number;
  readonly width: number;
  readonly values: Float64Array;
}

export interface HalfSpace {
  /** Rows with a positive product; null if no direction has only non-negative products, some of them positive. */
  readonly positive: readonly boolean[] | null;
  /** False if the search was cut off. */
  readonly decided: boolean;
}

/** Of rows of unit length: below this a sum of rows is zero, and products are of zero or negative sign. */
const ZERO = 1e-11;
const POSITIVE = 1e-7;

/**
 * Looks for a direction whose products with all rows are non-negative and not all zero. Such a one exists if and only if zero is no
 * combination of the rows with positive weights (Stiemke); the shortest combination with weights ≥ 1/n, found by Lawson & Hanson's
 * non-negative least squares in finitely many steps, is then such a direction.
 */
export function findHalfSpace(rows: Rows): HalfSpace {
  const unit = normalised(rows);
  const base = combination(unit, (row) => (isZero(unit, row) ? 0 : 1 / unit.count));
  const weights = new Map<number, number>();
  const blocked = new Set<number>();
  for (let step = 0; step < 50 * (unit.width + 2); step++) {
    const direction = Float64Array.from(base);
    for (const [row, weight] of weights) addRow(direction, unit, { row, weight });
    const length = Math.hypot(...direction);
    if (length < ZERO) return { positive: null, decided: true };
    const next = mostNegative(unit, direction, (row) => weights.has(row) || blocked.has(row));
    if (next === null || next.product > -1e-9 * length) {
      const positive = Array.from({ length: unit.count }, (_, row) => product(unit, row, direction) > POSITIVE * length);
      return { positive, decided: blocked.size === 0 || allNonNegative(unit, direction, 1e-8 * length) };
    }
    weights.set(next.row, 0);
    if (!settle(unit, base, weights)) {
      weights.delete(next.row);
      blocked.add(next.row);
    }
  }
  return { positive: null, decided: false };
}

/** Least squares on the rows with a weight; rows whose weight would be negative leave. @returns false if they are dependent */
function settle(unit: Rows, base: Float64Array, weights: Map<number, number>): boolean {
  for (;;) {
    const active = [...weights.keys()];
    const gram = new Float64Array(active.length ** 2);
    active.forEach((a, i) => active.forEach((b, j) => (gram[i * active.length + j] = productOf(unit, a, b))));
    const factored = factor(gram, active.length);
    if (factored === null) return false;
    const wanted = solve(
      factored,
      Float64Array.from(active, (row) => -product(unit, row, base)),
    );
    const share = active.reduce((least, row, i) => {
      const now = weights.get(row)!;
      return wanted[i]! > 0 ? least : Math.min(least, now / (now - wanted[i]!));
    }, 1);
    active.forEach((row, i) => {
      const now = weights.get(row)!;
      const moved = now + share * (wanted[i]! - now);
      if (moved > 0 && !(wanted[i]! <= 0 && moved < 1e-15)) weights.set(row, moved);
      else weights.delete(row);
    });
    if (share === 1) return true;
    if (weights.size === 0) return false;
  }
}

function normalised({ count, width, values }: Rows): Rows {
  const out = Float64Array.from(values);
  for (let row = 0; row < count; row++) {
    const length = Math.hypot(...values.subarray(row * width, (row + 1) * width));
    if (length > 0) for (let k = row * width; k < (row + 1) * width; k++) out[k]! /= length;
  }
  return { count, width, values: out };
}

const isZero = ({ width, values }: Rows, row: number): boolean =>
  values.subarray(row * width, (row + 1) * width).every((value) => value === 0);

function combination(rows: Rows, weight: (row: number) => number): Float64Array {
  const sum = new Float64Array(rows.width);
  for (let row = 0; row < rows.count; row++) addRow(sum, rows, { row, weight: weight(row) });
  return sum;
}

function addRow(into: Float64Array, { width, values }: Rows, { row, weight }: { row: number; weight: number }): void {
  for (let k = 0; k < width; k++) into[k]! += weight * values[row * width + k]!;
}

function product({ width, values }: Rows, row: number, vector: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < width; k++) sum += values[row * width + k]! * vector[k]!;
  return sum;
}

function productOf(rows: Rows, a: number, b: number): number {
  return product(rows, a, rows.values.subarray(b * rows.width, (b + 1) * rows.width));
}

function mostNegative(rows: Rows, vector: Float64Array, skip: (row: number) => boolean): { row: number; product: number } | null {
  let found: { row: number; product: number } | null = null;
  for (let row = 0; row < rows.count; row++) {
    const value = product(rows, row, vector);
    if (value < (found?.product ?? 0) && !skip(row)) found = { row, product: value };
  }
  return found;
}

function allNonNegative(rows: Rows, vector: Float64Array, tolerance: number): boolean {
  for (let row = 0; row < rows.count; row++) if (product(rows, row, vector) < -tolerance) return false;
  return true;
}
