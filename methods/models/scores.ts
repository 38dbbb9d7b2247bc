import type { Cells } from './cells';
import { gammaRise, type ConditionalSums } from './conditional';
import { addOuter, mirror } from './cross-products';
import type { LogLinear, LogLinearSums } from './log-linear';
import type { Evaluation } from './newton';
import { addDispersion, curvature } from './special/dispersion';

/** Which rows are summed before scores are squared: 0 … clusters−1 for each row of the sample. */
export interface Clusters {
  readonly cluster: Int32Array;
  readonly clusters: number;
}

/**
 * Scores of rows in two numbers: s_i = along_i · u_c + tau_i · e, with u_c the direction of the row's cell (its covariates, less what the
 * group effect takes, b_g / D_g) and e the axis of ln α.
 */
export interface RowScores {
  readonly order: number;
  readonly along: Float64Array;
  /** Null if the model has no α. */
  readonly tau: Float64Array | null;
  /** Rows b_g and D_g of the group effects that are projected out; null if there are none. */
  readonly projected: { readonly row: Float64Array; readonly weight: Float64Array } | null;
}

/** Scores of NB2 and Poisson, with absorbed group effects projected out: s* = s − b_g s_γ / D_g. */
export function logLinearScores({ cells, kind, order }: LogLinear, { point, inner }: Evaluation<LogLinearSums>): RowScores {
  const group = groupOfCells(cells);
  const { mean, weight, bend } = sharedByCell(cells, { group, gamma: kind.absorbed ? point.gamma : null, inner });
  const along = new Float64Array(cells.rows);
  const tau = kind.dispersed ? new Float64Array(cells.rows) : null;
  const reach = kind.dispersed ? dispersionReach(cells, inner.alpha) : null;
  const { cellOf, outcome } = cells;
  for (let row = 0; row < along.length; row++) {
    const cell = cellOf[row]!;
    const y = outcome[row]!;
    along[row] = (y - mean[cell]!) * weight[cell]!;
    if (tau !== null) tau[row] = inner.alpha * (reach!(y) + bend[cell]! - y * mean[cell]! * weight[cell]!);
  }
  return { order, along, tau, projected: kind.absorbed ? { row: inner.groupRow, weight: inner.groupWeight } : null };
}

/** What the scores of a cell's rows share: μ, 1/(1+αμ) and μ² f(αμ). */
function sharedByCell(
  { pattern }: Cells,
  { group, gamma, inner }: { group: Int32Array; gamma: Float64Array | null; inner: LogLinearSums },
): Record<'mean' | 'weight' | 'bend', Float64Array> {
  const made = (): Float64Array => new Float64Array(pattern.length);
  const [mean, weight, bend] = [made(), made(), made()];
  for (let cell = 0; cell < pattern.length; cell++) {
    const mu = inner.mean[pattern[cell]!]! * (gamma === null ? 1 : Math.exp(gamma[group[cell]!]!));
    const s = inner.alpha * mu;
    mean[cell] = mu;
    weight[cell] = 1 / (1 + s);
    bend[cell] = mu * mu * curvature(s, Math.log1p(s));
  }
  return { mean, weight, bend };
}

/** Scores of the conditional model: only their sums over whole groups have a meaning. */
export function conditionalScores(cells: Cells, { inner }: Evaluation<ConditionalSums>): RowScores {
  const group = groupOfCells(cells);
  const along = cells.outcome.map((y, row) => {
    const cell = cells.cellOf[row]!;
    const lambda = inner.lambda[cells.pattern[cell]!]!;
    return lambda * (gammaRise(lambda, y).slope + inner.groupSlope[group[cell]!]!);
  });
  return { order: cells.patterns.names.length, along, tau: null, projected: null };
}

/** Σ s_i s_iᵀ over rows. */
export function robustMeat(cells: Cells, { order, along, tau, projected }: RowScores): Float64Array {
  const [squares, crosses] = [new Float64Array(cells.size.length), new Float64Array(cells.size.length)];
  const meat = new Float64Array(order * order);
  let ofTau = 0;
  for (let row = 0; row < along.length; row++) {
    const cell = cells.cellOf[row]!;
    const share = along[row]!;
    squares[cell]! += share * share;
    if (tau === null) continue;
    crosses[cell]! += share * tau[row]!;
    ofTau += tau[row]! * tau[row]!;
  }
  if (tau !== null) meat[order * order - 1] = ofTau;
  const vector = new Float64Array(order);
  const group = projected === null ? null : groupOfCells(cells);
  for (let cell = 0; cell < squares.length; cell++) {
    covariates(cells, cell, vector);
    if (projected !== null) subtract(vector, projected.row, { at: group![cell]! * order, factor: 1 / projected.weight[group![cell]!]! });
    addOuter(meat, order, { vector, factor: squares[cell]! });
    if (tau === null) continue;
    for (let k = 0; k < order; k++) meat[(order - 1) * order + k]! += crosses[cell]! * vector[k]! * (k === order - 1 ? 2 : 1);
  }
  return mirror(meat, order);
}

/** Σ S_k S_kᵀ with S_k the scores summed over cluster k. */
export function clusterMeat(cells: Cells, scores: RowScores, { cluster, clusters }: Clusters): Float64Array {
  const { order, along, tau, projected } = scores;
  const sums = new Float64Array(clusters * order);
  const { cellOf, pattern, patterns } = cells;
  const { start, columns, values } = patterns;
  for (let row = 0; row < along.length; row++) {
    const p = pattern[cellOf[row]!]!;
    const at = cluster[row]! * order;
    for (let k = start[p]!; k < start[p + 1]!; k++) sums[at + columns[k]!]! += along[row]! * values[k]!;
    if (tau !== null) sums[at + order - 1]! += tau[row]!;
  }
  if (projected !== null) projectOut(sums, cells, { along, projected, cluster, order });
  const meat = new Float64Array(order * order);
  for (let k = 0; k < clusters; k++) addOuter(meat, order, { vector: sums, at: k * order, factor: 1 });
  return mirror(meat, order);
}

/** Takes b_g s_γ / D_g from the sums. Rows of a group that follow each other in one cluster go at once: clusters are often whole groups. */
function projectOut(
  sums: Float64Array,
  cells: Cells,
  {
    along,
    projected,
    cluster,
    order,
  }: Required<Pick<RowScores, 'along' | 'order'>> & {
    projected: NonNullable<RowScores['projected']>;
    cluster: Int32Array;
  },
): void {
  const byCell = rowsByCell(cells);
  const group = groupOfCells(cells);
  for (let at = 0; at < byCell.length;) {
    const g = group[cells.cellOf[byCell[at]!]!]!;
    const k = cluster[byCell[at]!]!;
    let share = 0;
    for (; at < byCell.length && cluster[byCell[at]!] === k && group[cells.cellOf[byCell[at]!]!] === g; at++) share += along[byCell[at]!]!;
    subtract(sums.subarray(k * order, (k + 1) * order), projected.row, { at: g * order, factor: share / projected.weight[g]! });
  }
}

/** Subtracts `factor` times a row of a table from a vector. */
function subtract(from: Float64Array, table: Float64Array, { at, factor }: { at: number; factor: number }): void {
  for (let k = 0; k < from.length; k++) from[k]! -= table[at + k]! * factor;
}

function covariates({ patterns, pattern }: Cells, cell: number, into: Float64Array): void {
  into.fill(0);
  const p = pattern[cell]!;
  for (let k = patterns.start[p]!; k < patterns.start[p + 1]!; k++) into[patterns.columns[k]!] = patterns.values[k]!;
}

function groupOfCells({ groups, groupStart, pattern }: Cells): Int32Array {
  const out = new Int32Array(pattern.length);
  for (let g = 0; g < groups; g++) out.fill(g, groupStart[g], groupStart[g + 1]);
  return out;
}

function rowsByCell({ cellOf, size, rows }: Cells): Int32Array {
  const next = new Int32Array(size.length + 1);
  for (let cell = 0; cell < size.length; cell++) next[cell + 1] = next[cell]! + size[cell]!;
  const out = new Int32Array(rows);
  for (let row = 0; row < rows; row++) out[next[cellOf[row]!]!++] = row;
  return out;
}

/** Σ_{j<y} j/(1+αj) for each y that occurs: from a table, unless outcomes are few and large. */
function dispersionReach({ runs, rows }: Cells, alpha: number): (y: number) => number {
  const most = runs.to.at(-1) ?? 0;
  const sums = { log: 0, slope: 0, square: 0 };
  const table = most <= 4 * rows + 64 ? new Float64Array(most + 1) : null;
  const map = new Map([[0, 0]]);
  for (let k = 0; k < runs.to.length; k++) {
    addDispersion(sums, alpha, { from: runs.from[k]!, to: runs.to[k]!, times: 1 });
    if (table === null) map.set(runs.to[k]!, sums.slope);
    else table[runs.to[k]!] = sums.slope;
  }
  return table === null ? (y) => map.get(y)! : (y) => table[y]!;
}
