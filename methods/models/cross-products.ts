import type { Cells } from './cells';
import type { Patterns } from './patterns';

/** Patterns a piece: a function that is called often is compiled much sooner than a long loop in one call. */
const LONGEST = 256;

interface Weighted {
  readonly patterns: Patterns;
  readonly weight: Float64Array;
}

/** Adds Σ_p weight_p x_p x_pᵀ to the lower triangle of a row-major matrix of the given order. */
export function addPatternProducts(into: Float64Array, order: number, { patterns, weight }: Weighted): void {
  for (let from = 0; from < patterns.count; from += LONGEST)
    addProducts(into, order, { patterns, weight, from, to: Math.min(patterns.count, from + LONGEST) });
}

function addProducts(
  into: Float64Array,
  order: number,
  { patterns: { start, columns, values }, weight, from, to }: Weighted & { from: number; to: number },
): void {
  for (let p = from; p < to; p++) {
    const w = weight[p]!;
    if (w === 0) continue;
    const first = start[p]!;
    const end = start[p + 1]!;
    for (let a = first; a < end; a++) {
      const row = columns[a]! * order;
      const value = values[a]! * w;
      // A pattern's columns ascend, so that all these lie below the diagonal.
      for (let b = first; b <= a; b++) into[row + columns[b]!]! += value * values[b]!;
    }
  }
}

/** Adds Σ_p weight_p x_p to a vector, or to a row of a matrix that begins at `at`. */
export function addPatternSums(into: Float64Array, { patterns, weight }: Weighted, at = 0): void {
  const { start, columns, values, count } = patterns;
  for (let p = 0; p < count; p++) {
    const w = weight[p]!;
    for (let k = start[p]!; k < start[p + 1]!; k++) into[at + columns[k]!]! += w * values[k]!;
  }
}

/** Adds `factor` · v vᵀ to the lower triangle; v may be a row of a larger table, from `at` on. Zeros of v cost nothing. */
export function addOuter(
  into: Float64Array,
  order: number,
  { vector, at = 0, factor }: { vector: Float64Array; at?: number; factor: number },
): void {
  const filled = scratch(order);
  let count = 0;
  for (let i = 0; i < order; i++) if (vector[at + i] !== 0) filled[count++] = i;
  for (let a = 0; a < count; a++) {
    const i = filled[a]!;
    const value = vector[at + i]! * factor;
    const row = i * order;
    for (let b = 0; b <= a; b++) {
      const j = filled[b]!;
      into[row + j]! += value * vector[at + j]!;
    }
  }
}

/** One list of places for all calls: they are many and never nested. */
let places = new Int32Array(64);
function scratch(order: number): Int32Array {
  if (places.length < order) places = new Int32Array(order);
  return places;
}

/** Copies the lower triangle to the upper one. */
export function mirror(matrix: Float64Array, order: number): Float64Array {
  for (let i = 0; i < order; i++) for (let j = 0; j < i; j++) matrix[j * order + i] = matrix[i * order + j]!;
  return matrix;
}

/** η_p = x_pᵀ b + offset of each pattern, into `out`. */
export function linearPredictor({ start, columns, values, offset, count }: Patterns, b: Float64Array, out: Float64Array): void {
  for (let p = 0; p < count; p++) {
    let sum = offset[p]!;
    for (let k = start[p]!; k < start[p + 1]!; k++) sum += values[k]! * b[columns[k]!]!;
    out[p] = sum;
  }
}

/** Cross products of the design's columns over the cells, weighted; within groups if these are absorbed. */
export interface CrossProducts {
  readonly gram: Float64Array;
  /** The diagonal before the group means were taken out. */
  readonly diagonal: Float64Array;
  /** Weighted mean row of each group, row-major; null if no groups are absorbed. */
  readonly means: Float64Array | null;
}

export function crossProducts(cells: Cells, weight: Float64Array, absorbed: boolean): CrossProducts {
  const { patterns, groupStart, groups, pattern } = cells;
  const order = patterns.names.length;
  const gram = new Float64Array(order * order);
  const perPattern = new Float64Array(patterns.count);
  for (let c = 0; c < pattern.length; c++) perPattern[pattern[c]!]! += weight[c]!;
  addPatternProducts(gram, order, { patterns, weight: perPattern });
  const diagonal = Float64Array.from({ length: order }, (_, k) => gram[k * order + k]!);
  if (!absorbed) return { gram: mirror(gram, order), diagonal, means: null };
  const means = new Float64Array(groups * order);
  for (let g = 0; g < groups; g++) {
    let total = 0;
    for (let c = groupStart[g]!; c < groupStart[g + 1]!; c++) {
      const p = pattern[c]!;
      const w = weight[c]!;
      total += w;
      for (let k = patterns.start[p]!; k < patterns.start[p + 1]!; k++) means[g * order + patterns.columns[k]!]! += w * patterns.values[k]!;
    }
    if (total === 0) continue;
    for (let k = 0; k < order; k++) means[g * order + k]! /= total;
    addOuter(gram, order, { vector: means, at: g * order, factor: -total });
  }
  return { gram: mirror(gram, order), diagonal, means };
}
