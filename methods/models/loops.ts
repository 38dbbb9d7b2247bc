/*
 * Loops over rows, few and shared: in a new process each loop is slow until it is compiled, and of hundreds of thousands of rows that is
 * most of the time a small model takes.
 */

/** Whether all are finite numbers: no NaN among them. */
export function allFinite(values: Float64Array): boolean {
  for (let row = 0; row < values.length; row++) if (values[row]! - values[row]! !== 0) return false;
  return true;
}

/** The largest of values that are all whole numbers from 0 on; null if one is not. */
export function largestCount(values: Float64Array): number | null {
  let most = 0;
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    if (!(value >= 0 && value <= Number.MAX_SAFE_INTEGER && Math.floor(value) === value)) return null;
    if (value > most) most = value;
  }
  return most;
}

/** Whether no code is −1. */
export function noneMissing(codes: Int32Array): boolean {
  for (let row = 0; row < codes.length; row++) if (codes[row]! < 0) return false;
  return true;
}

export function gatherFloats(values: Float64Array, at: Int32Array): Float64Array {
  const out = new Float64Array(at.length);
  for (let row = 0; row < at.length; row++) out[row] = values[at[row]!]!;
  return out;
}

export function gatherInts(values: Int32Array, at: Int32Array): Int32Array {
  const out = new Int32Array(at.length);
  for (let row = 0; row < at.length; row++) out[row] = values[at[row]!]!;
  return out;
}

/** Replaces each code by its place, in place; −1 stays. */
export function recode(codes: Int32Array, place: Int32Array): Int32Array {
  for (let row = 0; row < codes.length; row++) if (codes[row]! >= 0) codes[row] = place[codes[row]!]!;
  return codes;
}

/** Rows and sum of outcomes of each code. */
export function countByCode(codes: Int32Array, outcome: Float64Array, size: number): { rows: Float64Array; sums: Float64Array } {
  const [rows, sums] = [new Float64Array(size), new Float64Array(size)];
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row]!;
    rows[code]!++;
    sums[code]! += outcome[row]!;
  }
  return { rows, sums };
}

/** Indices of the rows whose code is alive, in ascending order. */
export function rowsAlive(codes: Int32Array, alive: Uint8Array): Int32Array {
  const out = new Int32Array(codes.length);
  let count = 0;
  for (let row = 0; row < codes.length; row++) {
    out[count] = row;
    count += alive[codes[row]!]!;
  }
  return out.subarray(0, count);
}

/** 0, 1, 2, … */
export function everyRow(rows: number): Int32Array {
  const all = new Int32Array(rows);
  for (let row = 0; row < rows; row++) all[row] = row;
  return all;
}
