import { addCells, type CellArrays, type CellSums } from './cell-sums';
import type { Cells } from './cells';
import { addOuter, addPatternProducts, addPatternSums, linearPredictor } from './cross-products';
import { largestScaled, type Equations, type Evaluation, type Point, type Problem } from './newton';
import type { Runs } from './runs';
import { addDispersion, type DispersionSums } from './special/dispersion';

/** Sums over cells at a point: what Newton's equations and the scores of rows are made of. */
export interface LogLinearSums extends CellArrays {
  readonly alpha: number;
  readonly scoreTau: number;
  readonly informationTau: number;
}

/** The arrays of an evaluation, to be written anew: allocating them in each would cost more time than the sums. */
function cleared({ mean, weight, residual, cross, groupWeight, groupScore, groupRow }: CellArrays): CellArrays {
  const arrays = { mean, weight, residual, cross, groupWeight, groupScore, groupRow };
  for (const values of Object.values(arrays)) values.fill(0);
  return arrays;
}

/** Sums over the outcomes alone. */
function tailsOf({ from, to, times }: Runs, alpha: number): DispersionSums {
  const tails = { log: 0, slope: 0, square: 0 };
  for (let k = 0; k < from.length; k++) addDispersion(tails, alpha, { from: from[k]!, to: to[k]!, times: times[k]! });
  return tails;
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
    const sums: CellSums = {
      ...{ ...arrays, eta, gamma: kind.absorbed ? point.gamma : null, alpha: kind.dispersed ? alpha : null, order: this.order },
      ...{ logLik: 0, slope: 0, bend: 0 },
    };
    addCells(sums, cells);
    const tails = kind.dispersed ? tailsOf(cells.runs, alpha) : { log: 0, slope: 0, square: 0 };
    const slope = tails.slope + sums.slope;
    const bend = sums.bend - tails.square;
    const inner = { ...arrays, alpha, scoreTau: alpha * slope, informationTau: -(alpha * alpha * bend + alpha * slope) };
    return { point, logLik: tails.log + sums.logLik - cells.logFactorials, inner };
  }

  equations({ inner }: Evaluation<LogLinearSums>): Equations {
    const { cells, kind, order } = this;
    const [columns, { patterns }] = [this.#columns, cells];
    const information = new Float64Array(order * order);
    const right = new Float64Array(order);
    addPatternProducts(information, order, { patterns, weight: inner.weight });
    addPatternSums(right, { patterns, weight: inner.residual });
    if (kind.dispersed) addPatternSums(information, { patterns, weight: inner.cross }, columns * order);
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

  #made(): CellArrays {
    const { patterns, groups } = this.cells;
    const byGroup = this.kind.absorbed ? groups : 0;
    const made = (length: number): Float64Array => new Float64Array(length);
    return {
      ...{ mean: made(patterns.count), weight: made(patterns.count), residual: made(patterns.count) },
      cross: made(this.kind.dispersed ? patterns.count : 0),
      ...{ groupWeight: made(byGroup), groupScore: made(byGroup), groupRow: made(byGroup * this.order) },
    };
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
