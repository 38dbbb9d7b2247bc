import { condition, factor, inverse, solve, type Factor } from './linear/cholesky';

/** Where a search stands: the parameters that are solved for, and intercepts of groups that are eliminated from the equations. */
export interface Point {
  readonly theta: Float64Array;
  readonly gamma: Float64Array;
}

/** The log-likelihood at a point, with all that a Newton step needs. `Inner` is the problem's own. */
export interface Evaluation<Inner> {
  readonly point: Point;
  readonly logLik: number;
  readonly inner: Inner;
}

/** The equations at a point once the group effects are eliminated. */
export interface Equations {
  /** Observed information, row-major; the lower triangle counts. */
  readonly information: Float64Array;
  readonly right: Float64Array;
  /** What the eliminated group effects add to the decrement g′H⁻¹g. */
  readonly groupDecrement: number;
  /** Largest |g_i| / √H_ii over all parameters, group effects included. */
  readonly scaledGradient: number;
}

/** A likelihood to be maximised. */
export interface Problem<Inner> {
  /** @param spare an evaluation that is no longer needed, whose arrays may be written over */
  evaluate(point: Point, spare?: Evaluation<Inner>): Evaluation<Inner>;
  equations(at: Evaluation<Inner>): Equations;
  /** A positive definite stand-in for the information where that is not. */
  surrogate(at: Evaluation<Inner>, information: Float64Array): Float64Array;
  /** Steps of the group effects that go with a step of the others. */
  groupStep(at: Evaluation<Inner>, step: Float64Array): Float64Array;
  /** The share of a step that may be taken at once: 1 if nothing is too long. */
  stepLimit(at: Evaluation<Inner>, step: Float64Array): number;
}

/** One iteration, for those who watch. */
export interface Progress {
  readonly iteration: number;
  readonly logLik: number;
  /** Largest |g_i| / √H_ii. */
  readonly gradient: number;
}

export interface Watch {
  /** The search stops with the signal's reason before its next iteration. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

/** Where the search ended and how it went. */
export interface Optimum<Inner> {
  readonly at: Evaluation<Inner>;
  readonly converged: boolean;
  /** Why not, for people; null if it converged. */
  readonly failure: string | null;
  readonly iterations: number;
  readonly halvings: number;
  readonly surrogateSteps: number;
  readonly decrement: number;
  readonly gradient: number;
  readonly condition: number | null;
  /** Inverse observed information at the end; null if that is not positive definite. */
  readonly covariance: Float64Array | null;
}

const MAX_ITERATIONS = 100;
const MAX_HALVINGS = 30;
const SMALL_DECREMENT = 1e-10;
/** At the end the scaled score must be this small, whatever the search says of itself. */
const SMALL_GRADIENT = 1e-6;

/** Where a climb ended, before it is judged. */
export interface Climb<Inner> {
  readonly at: Evaluation<Inner>;
  readonly tally: Pick<Optimum<Inner>, 'iterations' | 'halvings' | 'surrogateSteps'>;
  readonly failure: string | null;
}

/** Newton's method from a start with a finite likelihood to the maximum, and what is known there. Bounded, and honest about its end. */
export async function maximise<Inner>(problem: Problem<Inner>, start: Point, watch: Watch = {}): Promise<Optimum<Inner>> {
  return conclude(problem, await climb(problem, start, watch));
}

/**
 * Newton's method with the observed information. Stops on the decrement g′H⁻¹g, not on changes of the likelihood, whose rounding is larger,
 * and takes that last step.
 */
export async function climb<Inner>(problem: Problem<Inner>, start: Point, watch: Watch = {}): Promise<Climb<Inner>> {
  let at = problem.evaluate(start);
  let spare: Evaluation<Inner> | undefined;
  const tally = { iterations: 0, halvings: 0, surrogateSteps: 0 };
  let failure: string | null = `no maximum after ${MAX_ITERATIONS} iterations`;
  for (; tally.iterations < MAX_ITERATIONS; tally.iterations++) {
    const direction = directionAt(problem, at);
    if (direction === null) {
      failure = 'the information matrix cannot be made positive definite';
      break;
    }
    await pause(watch, { iteration: tally.iterations, logLik: at.logLik, gradient: direction.gradient });
    if (direction.surrogate) tally.surrogateSteps++;
    const last = !direction.surrogate && direction.decrement < SMALL_DECREMENT;
    const next = lineSearch(problem, at, { ...direction, tally, spare });
    if (next !== null) [at, spare] = [next, at];
    if (last || next === null) {
      failure = last ? null : `no step raises the likelihood after ${MAX_HALVINGS} halvings`;
      break;
    }
  }
  return { at, tally, failure };
}

interface Direction {
  readonly step: Float64Array;
  readonly groups: Float64Array;
  readonly decrement: number;
  readonly gradient: number;
  readonly surrogate: boolean;
}

function directionAt<Inner>(problem: Problem<Inner>, at: Evaluation<Inner>): Direction | null {
  const { information, right, groupDecrement, scaledGradient } = problem.equations(at);
  const own = factor(information, right.length);
  const used = own ?? mixed(information, problem.surrogate(at, information), right.length);
  if (used === null) return null;
  const step = solve(used, right);
  if (!step.every(Number.isFinite)) return null;
  const decrement = dot(step, right) + groupDecrement;
  return { step, groups: problem.groupStep(at, step), decrement, gradient: scaledGradient, surrogate: own === null };
}

/** The information with as little of its stand-in as makes it positive definite, and then the stand-in alone. */
function mixed(information: Float64Array, surrogate: Float64Array, order: number): Factor | null {
  for (let share = 1 / 64; share <= 64; share *= 4) {
    const factored = factor(
      information.map((value, i) => value + share * surrogate[i]!),
      order,
    );
    if (factored !== null) return factored;
  }
  return factor(surrogate, order);
}

/** Halves the step until the likelihood is finite and does not fall; a fall within its rounding is none. */
function lineSearch<Inner>(
  problem: Problem<Inner>,
  at: Evaluation<Inner>,
  { step, groups, tally, ...given }: Direction & { tally: { halvings: number }; spare: Evaluation<Inner> | undefined },
): Evaluation<Inner> | null {
  let { spare } = given;
  let share = problem.stepLimit(at, step);
  for (let halving = 0; halving <= MAX_HALVINGS; halving++) {
    const next = problem.evaluate({ theta: added(at.point.theta, step, share), gamma: added(at.point.gamma, groups, share) }, spare);
    if (Number.isFinite(next.logLik) && next.logLik >= at.logLik - 1e-12 * Math.abs(at.logLik)) return next;
    spare = next;
    share /= 2;
    tally.halvings++;
  }
  return null;
}

/** Computes the information at the end anew, and judges by it: that of the step before would give wrong standard errors. */
export function conclude<Inner>(problem: Problem<Inner>, { at, tally, ...told }: Climb<Inner>): Optimum<Inner> {
  const { information, right, groupDecrement, scaledGradient } = problem.equations(at);
  const order = right.length;
  const factored: Factor | null = factor(information, order);
  const covariance = factored === null ? null : inverse(factored);
  const decrement = factored === null ? NaN : dot(solve(factored, right), right) + groupDecrement;
  const scale = 1 + Math.sqrt(Math.abs(at.logLik)) * 1e-3;
  const failure =
    told.failure ??
    (covariance === null ? 'the information matrix at the end is not positive definite' : null) ??
    (scaledGradient > SMALL_GRADIENT * scale ? `the score at the end is ${scaledGradient.toExponential(1)} of its scale` : null);
  const conditioned = covariance === null ? null : condition(information, covariance, order);
  return { ...tally, at, failure, converged: failure === null, decrement, gradient: scaledGradient, condition: conditioned, covariance };
}

/** Lets timers and signals through, since a fit is otherwise one long computation. */
async function pause({ signal, onProgress }: Watch, progress: Progress): Promise<void> {
  onProgress?.(progress);
  if (signal !== undefined) await new Promise((resume) => setImmediate(resume));
  signal?.throwIfAborted();
}

/** Largest |g_i| / √|H_ii|; a parameter that the likelihood does not depend on has none. */
export function largestScaled(score: Float64Array, information: Float64Array): number {
  return score.reduce(
    (most, g, i) => (g === 0 ? most : Math.max(most, Math.abs(g) / Math.sqrt(Math.abs(information[i * (score.length + 1)]!)))),
    0,
  );
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function added(a: Float64Array, step: Float64Array, share: number): Float64Array {
  return a.map((value, i) => value + share * step[i]!);
}
