import type { Cells } from './cells';
import { curvature, curvatureSlope } from './special/dispersion';

/** Sums over cells at a point, by pattern and by group. */
export interface CellArrays {
  /** exp(x′b + offset) of each pattern; times exp(γ) of the group it is the mean. */
  readonly mean: Float64Array;
  /** By pattern: −∂²l/∂η², ∂l/∂η, −∂²l/∂η∂ln α. */
  readonly weight: Float64Array;
  readonly residual: Float64Array;
  readonly cross: Float64Array;
  /** By group, if absorbed: information, score, and the row b_g of covariances with (b, ln α). */
  readonly groupWeight: Float64Array;
  readonly groupScore: Float64Array;
  readonly groupRow: Float64Array;
}

/** Sums in the making. */
export interface CellSums extends CellArrays {
  readonly eta: Float64Array;
  /** Null: no absorbed groups. */
  readonly gamma: Float64Array | null;
  /** Null: Poisson. */
  readonly alpha: number | null;
  /** Length of (b, ln α). */
  readonly order: number;
  /** Share of the cells of l, ∂l/∂α and ∂²l/∂α². */
  logLik: number;
  slope: number;
  bend: number;
}

/** A stretch of cells of one group. */
interface Piece {
  readonly group: number;
  readonly from: number;
  readonly to: number;
}

/** Cells a piece: a function that is called often is compiled much sooner than a long loop in one call. */
const LONGEST = 256;

/** Adds all cells to sums that are zero. */
export function addCells(sums: CellSums, cells: Cells): void {
  const { groupStart, groups } = cells;
  const add = sums.alpha === null ? addPoissonPiece : addPiece;
  for (let group = 0; group < groups; group++) {
    const end = groupStart[group + 1]!;
    for (let from = groupStart[group]!; from < end; from += LONGEST) add(sums, cells, { group, from, to: Math.min(end, from + LONGEST) });
  }
}

function addPiece(sums: CellSums, { pattern, size, sum, patterns }: Cells, { group, from, to }: Piece): void {
  const { mean, weight, residual, cross, groupRow, eta, order } = sums;
  const { start, columns, values } = patterns;
  const alpha = sums.alpha!;
  const absorbed = sums.gamma !== null;
  const gamma = absorbed ? sums.gamma[group]! : 0;
  const factor = Math.exp(gamma);
  let [logLik, slope, bend] = [0, 0, 0];
  let [w0, r0, c0] = [0, 0, 0];
  for (let cell = from; cell < to; cell++) {
    const p = pattern[cell]!;
    const n = size[cell]!;
    const total = sum[cell]!;
    const mu = factor * mean[p]!;
    const s = alpha * mu;
    const v = 1 / (1 + s);
    const ln = Math.log1p(s);
    const r = (total - n * mu) * v;
    const w = mu * (n + alpha * total) * v * v;
    const c = r * s * v;
    logLik += total * (gamma + eta[p]!) - (total + n / alpha) * ln;
    slope += n * mu * mu * curvature(s, ln) - total * mu * v;
    bend += n * mu * mu * mu * curvatureSlope(s, ln) + total * mu * mu * v * v;
    weight[p]! += w;
    residual[p]! += r;
    cross[p]! += c;
    if (!absorbed) continue;
    w0 += w;
    r0 += r;
    c0 += c;
    for (let k = start[p]!; k < start[p + 1]!; k++) groupRow[group * order + columns[k]!]! += w * values[k]!;
  }
  sums.logLik += logLik;
  sums.slope += slope;
  sums.bend += bend;
  if (!absorbed) return;
  sums.groupWeight[group]! += w0;
  sums.groupScore[group]! += r0;
  groupRow[group * order + order - 1]! += c0;
}

function addPoissonPiece(sums: CellSums, { pattern, size, sum, patterns }: Cells, { group, from, to }: Piece): void {
  const { mean, weight, residual, groupRow, eta, order } = sums;
  const { start, columns, values } = patterns;
  const absorbed = sums.gamma !== null;
  const gamma = absorbed ? sums.gamma[group]! : 0;
  const factor = Math.exp(gamma);
  let [logLik, w0, r0] = [0, 0, 0];
  for (let cell = from; cell < to; cell++) {
    const p = pattern[cell]!;
    const total = sum[cell]!;
    const expected = size[cell]! * factor * mean[p]!;
    logLik += total * (gamma + eta[p]!) - expected;
    weight[p]! += expected;
    residual[p]! += total - expected;
    if (!absorbed) continue;
    w0 += expected;
    r0 += total - expected;
    for (let k = start[p]!; k < start[p + 1]!; k++) groupRow[group * order + columns[k]!]! += expected * values[k]!;
  }
  sums.logLik += logLik;
  if (!absorbed) return;
  sums.groupWeight[group]! += w0;
  sums.groupScore[group]! += r0;
}
