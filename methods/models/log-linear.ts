import type { Cells } from './cells';
import { addOuter, addPatternProducts, linearPredictor } from './cross-products';
import { largestScaled, type Equations, type Evaluation, type Point, type Problem } from './newton';
import { addDispersion, curvature, curvatureSlope } from './special/dispersion';

/** Sums over cells at a point: what Newton's equations and the scores of rows are made of. */
export interface LogLinearSums {
  readonly alpha: number;
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
  readonly scoreTau: number;
  readonly informationTau: number;
}

type Arrays = Omit<LogLinearSums, 'alpha' | 'scoreTau' | 'informationTau'>;

/** The arrays of an evaluation, to be written anew: allocating them in each would cost more time than the sums. */
function cleared({ mean, weight, residual, cross, groupWeight, groupScore, groupRow }: LogLinearSums): Arrays {
  const arrays = { mean, weight, residual, cross, groupWeight, groupScore, groupRow };
  for (const values of Object.values(arrays)) values.fill(0);
  return arrays;
}

/** Which member of the family: with α or Poisson, with absorbed group effects or without. */
export interface LogLinearKind {
  readonly absorbed: boolean;
  readonly dispersed: boolean;
}

/**
 * NB2 and Poisson likelihoods in (b, ln α), group effects eliminated block by block (arrow-shaped information). Var(y) = μ + αμ²
 * (Cameron & Trivedi 2013, ch. 3; derivatives as in Lawless 1987). Poisson is α = 0 without the last parameter; there the group effects
 * are at their exact optimum for each b.
 */
export class LogLinear implements Problem<LogLinearSums> {
  readonly order: number;
  readonly #columns: number;
  /** η of each pattern: written anew in each evaluation. */
  readonly #eta: Float64Array;

  constructor(
    readonly cells: Cells,
    readonly kind: LogLinearKind,
  ) {
    this.#columns = cells.patterns.names.length;
    this.#eta = new Float64Array(cells.patterns.count);
    this.order = this.#columns + (kind.dispersed ? 1 : 0);
  }

  evaluate(given: Point, spare?: Evaluation<LogLinearSums>): Evaluation<LogLinearSums> {
    const { cells, kind } = this;
    const arrays = spare === undefined ? this.#made() : cleared(spare.inner);
    const { mean } = arrays;
    const eta = this.#eta;
    linearPredictor(cells.patterns, given.theta, eta);
    for (let p = 0; p < eta.length; p++) mean[p] = Math.exp(eta[p]!);
    const point = kind.absorbed && !kind.dispersed ? { theta: given.theta, gamma: this.#profiled(mean) } : given;
    const alpha = kind.dispersed ? Math.exp(point.theta[this.#columns]!) : 0;
    const sums = { ...arrays, alpha };
    const own = kind.dispersed ? this.#addCells(sums, { eta, point }) : this.#addPoissonCells(sums, { eta, point });
    const tails = { log: 0, slope: 0, square: 0 };
    if (kind.dispersed) {
      const { from, to, times } = cells.runs;
      for (let k = 0; k < from.length; k++) addDispersion(tails, alpha, { from: from[k]!, to: to[k]!, times: times[k]! });
    }
    const slope = tails.slope + own.slope;
    const bend = own.bend - tails.square;
    const inner = { ...sums, scoreTau: alpha * slope, informationTau: -(alpha * alpha * bend + alpha * slope) };
    return { point, logLik: tails.log + own.logLik - cells.logFactorials, inner };
  }

  equations({ inner }: Evaluation<LogLinearSums>): Equations {
    const { cells, kind, order } = this;
    const [columns, { patterns }] = [this.#columns, cells];
    const information = new Float64Array(order * order);
    const right = new Float64Array(order);
    addPatternProducts(information, order, { patterns, weight: inner.weight });
    for (let p = 0; p < patterns.count; p++) {
      for (let k = patterns.start[p]!; k < patterns.start[p + 1]!; k++) {
        const column = patterns.columns[k]!;
        const value = patterns.values[k]!;
        right[column]! += inner.residual[p]! * value;
        if (kind.dispersed) information[columns * order + column]! += inner.cross[p]! * value;
      }
    }
    if (kind.dispersed) {
      right[columns] = inner.scoreTau;
      information[columns * order + columns] = inner.informationTau;
    }
    const scaledGradient = largestScaled(right, information);
    return this.#eliminate(inner, { information, right, groupDecrement: 0, scaledGradient });
  }

  /** The block of b is always positive definite: only α and its covariances need replacing. */
  surrogate(_at: Evaluation<LogLinearSums>, information: Float64Array): Float64Array {
    const { order } = this;
    const out = information.slice();
    if (!this.kind.dispersed) return out;
    const tau = this.#columns * order + this.#columns;
    for (let column = 0; column < this.#columns; column++) out[this.#columns * order + column] = 0;
    out[tau] = Math.abs(information[tau]!) + 1e-3;
    return out;
  }

  groupStep({ inner }: Evaluation<LogLinearSums>, step: Float64Array): Float64Array {
    const { groupWeight, groupScore, groupRow } = inner;
    const { order } = this;
    const out = new Float64Array(groupWeight.length);
    for (let g = 0; g < out.length; g++) {
      let sum = groupScore[g]!;
      for (let k = 0; k < order; k++) sum -= groupRow[g * order + k]! * step[k]!;
      out[g] = sum / groupWeight[g]!;
    }
    return out;
  }

  /** |d ln α| at most 2 a step. */
  stepLimit(_at: Evaluation<LogLinearSums>, step: Float64Array): number {
    return this.kind.dispersed ? Math.min(1, 2 / Math.abs(step[this.#columns]!)) : 1;
  }

  #made(): Arrays {
    const { patterns, groups } = this.cells;
    const byGroup = this.kind.absorbed ? groups : 0;
    const made = (length: number): Float64Array => new Float64Array(length);
    return {
      ...{ mean: made(patterns.count), weight: made(patterns.count), residual: made(patterns.count) },
      cross: made(this.kind.dispersed ? patterns.count : 0),
      ...{ groupWeight: made(byGroup), groupScore: made(byGroup), groupRow: made(byGroup * this.order) },
    };
  }

  /** Adds all cells to the sums by pattern and group. @returns their share of l, ∂l/∂α and ∂²l/∂α² */
  #addCells(
    { alpha, mean, weight, residual, cross, groupWeight, groupScore, groupRow }: Arrays & { alpha: number },
    { eta, point }: { eta: Float64Array; point: Point },
  ): { logLik: number; slope: number; bend: number } {
    const { pattern, size, sum, groupStart, groups, patterns } = this.cells;
    const { absorbed } = this.kind;
    let [logLik, slope, bend] = [0, 0, 0];
    for (let g = 0; g < groups; g++) {
      const gamma = absorbed ? point.gamma[g]! : 0;
      const factor = Math.exp(gamma);
      let w0 = 0;
      let r0 = 0;
      let c0 = 0;
      for (let cell = groupStart[g]!; cell < groupStart[g + 1]!; cell++) {
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
        for (let k = patterns.start[p]!; k < patterns.start[p + 1]!; k++)
          groupRow[g * this.order + patterns.columns[k]!]! += w * patterns.values[k]!;
      }
      if (!absorbed) continue;
      groupWeight[g] = w0;
      groupScore[g] = r0;
      groupRow[g * this.order + this.#columns] = c0;
    }
    return { logLik, slope, bend };
  }

  #addPoissonCells(
    { mean, weight, residual, groupWeight, groupScore, groupRow }: Arrays,
    { eta, point }: { eta: Float64Array; point: Point },
  ): { logLik: number; slope: number; bend: number } {
    const { pattern, size, sum, groupStart, groups, patterns } = this.cells;
    const { absorbed } = this.kind;
    let logLik = 0;
    for (let g = 0; g < groups; g++) {
      const gamma = absorbed ? point.gamma[g]! : 0;
      const factor = Math.exp(gamma);
      for (let cell = groupStart[g]!; cell < groupStart[g + 1]!; cell++) {
        const p = pattern[cell]!;
        const expected = size[cell]! * factor * mean[p]!;
        logLik += sum[cell]! * (gamma + eta[p]!) - expected;
        weight[p]! += expected;
        residual[p]! += sum[cell]! - expected;
        if (!absorbed) continue;
        groupWeight[g]! += expected;
        groupScore[g]! += sum[cell]! - expected;
        for (let k = patterns.start[p]!; k < patterns.start[p + 1]!; k++)
          groupRow[g * this.order + patterns.columns[k]!]! += expected * patterns.values[k]!;
      }
    }
    return { logLik, slope: 0, bend: 0 };
  }

  /** γ_g = ln(Y_g / Σ n exp(x′b)). */
  #profiled(mean: Float64Array): Float64Array {
    const { groupStart, groups, pattern, size, sum } = this.cells;
    const gamma = new Float64Array(groups);
    for (let g = 0; g < groups; g++) {
      let total = 0;
      let expected = 0;
      for (let cell = groupStart[g]!; cell < groupStart[g + 1]!; cell++) {
        total += sum[cell]!;
        expected += size[cell]! * mean[pattern[cell]!]!;
      }
      gamma[g] = Math.log(total / expected);
    }
    return gamma;
  }

  /** Takes the group effects out of the equations: S = H − Σ b bᵀ / D, right = g − Σ b g_g / D. */
  #eliminate({ groupWeight, groupScore, groupRow }: LogLinearSums, full: Equations): Equations {
    const { order } = this;
    let { groupDecrement, scaledGradient } = full;
    for (let g = 0; g < groupWeight.length; g++) {
      const d = groupWeight[g]!;
      const score = groupScore[g]!;
      addOuter(full.information, order, { vector: groupRow, at: g * order, factor: -1 / d });
      for (let k = 0; k < order; k++) full.right[k]! -= (groupRow[g * order + k]! * score) / d;
      groupDecrement += (score * score) / d;
      scaledGradient = Math.max(scaledGradient, Math.abs(score) / Math.sqrt(d));
    }
    return { ...full, groupDecrement, scaledGradient };
  }
}
