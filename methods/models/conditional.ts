import type { Cells } from './cells';
import { addOuter, addPatternProducts, addPatternSums, linearPredictor } from './cross-products';
import { largestScaled, type Equations, type Evaluation, type Point, type Problem } from './newton';
import { gatherInts } from './loops';
import { runsOf, type Runs } from './runs';
import { digamma, lgamma, trigamma } from './special/gamma';

/** Sums at a point, by pattern and by group. */
export interface ConditionalSums {
  readonly lambda: Float64Array;
  /** Σ 1/(λ+j) and Σ 1/(λ+j)² over j < y and the rows of a pattern. */
  readonly reach: Float64Array;
  readonly reachSquared: Float64Array;
  /** ψ(Λ_g) − ψ(Λ_g+Y_g) and ψ′(Λ_g) − ψ′(Λ_g+Y_g). */
  readonly groupSlope: Float64Array;
  readonly groupBend: Float64Array;
  /** ∂l/∂η of each pattern, and its diagonal second derivative. */
  readonly score: Float64Array;
  readonly bend: Float64Array;
}

/** Up to this group total or length of a run, sums are taken term by term: exact, and quicker than gamma functions. */
const SHORT = 24;

/**
 * The conditional fixed-effects likelihood of Hausman, Hall & Griliches (1984), λ = exp(x′b), constant included: what Stata's
 * `xtnbreg, fe` fits. Its information is not positive definite everywhere; the search starts at λ = 1 and has a surrogate.
 */
export class Conditional implements Problem<ConditionalSums> {
  readonly order: number;
  readonly totals: Float64Array;
  readonly #runs: Runs;
  readonly #constant: number;

  constructor(readonly cells: Cells) {
    this.order = cells.patterns.names.length;
    const bucket = gatherInts(cells.pattern, cells.cellOf);
    this.#runs = runsOf(cells.outcome, { most: cells.runs.to.at(-1) ?? 0, bucket, buckets: cells.patterns.count });
    this.totals = new Float64Array(cells.groups);
    for (let g = 0; g < cells.groups; g++) {
      for (let cell = cells.groupStart[g]!; cell < cells.groupStart[g + 1]!; cell++) this.totals[g]! += cells.sum[cell]!;
    }
    this.#constant = this.totals.reduce((sum, total) => sum + lgamma(total + 1), 0) - cells.logFactorials;
  }

  evaluate(point: Point): Evaluation<ConditionalSums> {
    const { cells } = this;
    const { count } = cells.patterns;
    const lambda = new Float64Array(count);
    linearPredictor(cells.patterns, point.theta, lambda);
    for (let p = 0; p < count; p++) lambda[p] = Math.exp(lambda[p]!);
    const rows = this.#addRows(lambda);
    const groups = this.#addGroups(lambda);
    const score = new Float64Array(count);
    for (let g = 0; g < cells.groups; g++) {
      for (let cell = cells.groupStart[g]!; cell < cells.groupStart[g + 1]!; cell++)
        score[cells.pattern[cell]!]! += cells.size[cell]! * groups.groupSlope[g]!;
    }
    for (let p = 0; p < count; p++) score[p] = lambda[p]! * (score[p]! + rows.reach[p]!);
    const bend = score.map((value, p) => value - lambda[p]! ** 2 * rows.reachSquared[p]!);
    return { point, logLik: rows.logLik + groups.logLik + this.#constant, inner: { lambda, score, bend, ...rows, ...groups } };
  }

  equations({ inner }: Evaluation<ConditionalSums>): Equations {
    const { cells, order } = this;
    const { patterns } = cells;
    const information = new Float64Array(order * order);
    const right = new Float64Array(order);
    addPatternProducts(information, order, { patterns, weight: inner.bend.map((value) => -value) });
    addPatternSums(right, { patterns, weight: inner.score });
    const row = new Float64Array(order);
    for (let g = 0; g < cells.groups; g++) {
      row.fill(0);
      for (let cell = cells.groupStart[g]!; cell < cells.groupStart[g + 1]!; cell++) {
        const p = cells.pattern[cell]!;
        const weight = cells.size[cell]! * inner.lambda[p]!;
        for (let k = patterns.start[p]!; k < patterns.start[p + 1]!; k++) row[patterns.columns[k]!]! += weight * patterns.values[k]!;
      }
      addOuter(information, order, { vector: row, factor: -inner.groupBend[g]! });
    }
    const scaledGradient = largestScaled(right, information);
    return { information, right, groupDecrement: 0, scaledGradient };
  }

  surrogate({ inner }: Evaluation<ConditionalSums>): Float64Array {
    const { order, cells } = this;
    const weight = inner.bend.map((bend, p) =>
      Math.max(-bend, 1e-3 * (inner.lambda[p]! ** 2 * inner.reachSquared[p]! + Math.abs(inner.score[p]!))),
    );
    const out = new Float64Array(order * order);
    addPatternProducts(out, order, { patterns: cells.patterns, weight });
    return out;
  }

  groupStep(): Float64Array {
    return new Float64Array(0);
  }

  /** No linear predictor moves by more than 3 a step. */
  stepLimit(_at: Evaluation<ConditionalSums>, step: Float64Array): number {
    const { patterns } = this.cells;
    const moves = new Float64Array(patterns.count);
    linearPredictor({ ...patterns, offset: moves }, step, moves);
    return Math.min(1, 3 / moves.reduce((most, move) => Math.max(most, Math.abs(move)), 0));
  }

  #addRows(lambda: Float64Array): { logLik: number; reach: Float64Array; reachSquared: Float64Array } {
    const { start, from, to, times } = this.#runs;
    const reach = new Float64Array(lambda.length);
    const reachSquared = new Float64Array(lambda.length);
    let logLik = 0;
    for (let p = 0; p < lambda.length; p++) {
      const l = lambda[p]!;
      for (let k = start[p]!; k < start[p + 1]!; k++) {
        const rise = gammaRise(l + from[k]!, to[k]! - from[k]!);
        logLik += times[k]! * rise.log;
        reach[p]! += times[k]! * rise.slope;
        reachSquared[p]! += times[k]! * rise.square;
      }
    }
    return { logLik, reach, reachSquared };
  }

  #addGroups(lambda: Float64Array): { logLik: number; groupSlope: Float64Array; groupBend: Float64Array } {
    const { groups, groupStart, pattern, size } = this.cells;
    const groupSlope = new Float64Array(groups);
    const groupBend = new Float64Array(groups);
    let logLik = 0;
    for (let g = 0; g < groups; g++) {
      let sum = 0;
      for (let cell = groupStart[g]!; cell < groupStart[g + 1]!; cell++) sum += size[cell]! * lambda[pattern[cell]!]!;
      const rise = gammaRise(sum, this.totals[g]!);
      logLik -= rise.log;
      groupSlope[g] = -rise.slope;
      groupBend[g] = rise.square;
    }
    return { logLik, groupSlope, groupBend };
  }
}

/** ln Γ(x+n) − ln Γ(x) for a whole n, with the sums of 1/(x+j) and 1/(x+j)² over j < n that are its derivatives. */
export function gammaRise(x: number, n: number): { log: number; slope: number; square: number } {
  if (n > SHORT) return { log: lgamma(x + n) - lgamma(x), slope: digamma(x + n) - digamma(x), square: trigamma(x) - trigamma(x + n) };
  let [product, log, slope, square] = [1, 0, 0, 0];
  for (let j = 0; j < n; j++) {
    const inverse = 1 / (x + j);
    slope += inverse;
    square += inverse * inverse;
    product *= x + j;
    // One logarithm for several factors, before they overflow or vanish.
    if (product > 1e200 || product < 1e-200) {
      log += Math.log(product);
      product = 1;
    }
  }
  return { log: log + Math.log(product), slope, square };
}
