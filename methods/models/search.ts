import type { Cells } from './cells';
import { Conditional } from './conditional';
import { LogLinear, type LogLinearSums } from './log-linear';
import { absorbs, hasAlpha, type Model } from './model';
import { climb, conclude, maximise, type Climb, type Evaluation, type Optimum, type Watch } from './newton';
import { conditionalScores, logLinearScores, type RowScores } from './scores';

/** What the estimators have in common once they are done. */
export interface Fitted {
  readonly optimum: Omit<Optimum<unknown>, 'at'>;
  readonly theta: Float64Array;
  readonly logLik: number;
  readonly logLikPoisson: number | null;
  readonly dispersed: boolean;
  readonly boundary: boolean;
  readonly scores: () => RowScores;
  readonly warnings: readonly string[];
}

/** Runs the search of a model on collapsed rows. */
export function search(cells: Cells, model: Model, watch: Watch): Promise<Fitted> {
  return model === 'nb-hhg' ? fitConditional(cells, watch) : fitLogLinear(cells, model, watch);
}

async function fitConditional(cells: Cells, watch: Watch): Promise<Fitted> {
  const problem = new Conditional(cells);
  const theta = new Float64Array(problem.order);
  const { offset } = cells.patterns;
  theta[0] = -offset.reduce((sum, value) => sum + value, 0) / offset.length;
  const optimum = await maximise(problem, { theta, gamma: new Float64Array(0) }, watch);
  // As λ grows without bound the model becomes the Poisson one given group totals: no overdispersion within groups.
  const largest = optimum.at.inner.lambda.reduce((most, value) => Math.max(most, value), 0);
  const unbounded = largest > 1e6 && (optimum.covariance === null || optimum.covariance[0]! > 100);
  const failure = unbounded ? 'the constant grows without bound: no overdispersion within groups, so fit poisson-fe' : optimum.failure;
  return {
    optimum: { ...optimum, failure, converged: failure === null },
    ...{ theta: optimum.at.point.theta, logLik: optimum.at.logLik, logLikPoisson: null },
    ...{ dispersed: false, boundary: false, scores: () => conditionalScores(cells, optimum.at), warnings: [] },
  };
}

/** Poisson first: where α has a place, that fit is its start and what it is tested against. */
async function fitLogLinear(cells: Cells, model: Model, watch: Watch): Promise<Fitted> {
  const absorbed = absorbs(model);
  const poisson = new LogLinear(cells, { absorbed, dispersed: false });
  const first = await climb(poisson, poissonStart(cells, absorbed), watch);
  if (!hasAlpha(model) || first.failure !== null) return poissonFit(poisson, first);
  const { score, moment } = excessVariance(cells, poisson, first.at);
  if (score <= 0) {
    const fit = poissonFit(poisson, first);
    const warnings = ['No overdispersion: the likelihood is largest at alpha = 0, and this is the Poisson fit.'];
    return fit.optimum.converged ? { ...fit, boundary: true, warnings } : fit;
  }
  const { problem, optimum } = await addDispersionTo(cells, first.at, { absorbed, alpha: moment, watch });
  return {
    ...{ optimum, theta: optimum.at.point.theta, logLik: optimum.at.logLik, logLikPoisson: first.at.logLik },
    ...{ dispersed: true, boundary: false, scores: () => logLinearScores(problem, optimum.at), warnings: [] },
  };
}

function poissonFit(poisson: LogLinear, climbed: Climb<LogLinearSums>): Fitted {
  const optimum = conclude(poisson, climbed);
  const { at } = optimum;
  return {
    ...{ optimum, theta: at.point.theta, logLik: at.logLik, logLikPoisson: at.logLik, dispersed: false },
    ...{ boundary: false, scores: () => logLinearScores(poisson, at), warnings: [] },
  };
}

async function addDispersionTo(
  cells: Cells,
  { point }: Evaluation<LogLinearSums>,
  { absorbed, alpha, watch }: { absorbed: boolean; alpha: number; watch: Watch },
): Promise<{ problem: LogLinear; optimum: Optimum<LogLinearSums> }> {
  const problem = new LogLinear(cells, { absorbed, dispersed: true });
  const start = new Float64Array(problem.order);
  start.set(point.theta);
  start[problem.order - 1] = Math.log(Math.max(0.01, alpha));
  return { problem, optimum: await maximise(problem, { theta: start, gamma: point.gamma }, watch) };
}

/** The intercept at ln(Σy / Σ exposure), all else zero; absorbed effects follow by themselves. */
function poissonStart({ patterns, pattern, size, sum, groups }: Cells, absorbed: boolean): { theta: Float64Array; gamma: Float64Array } {
  const theta = new Float64Array(patterns.names.length);
  const rate = patterns.offset.map(Math.exp);
  let total = 0;
  let exposure = 0;
  for (let cell = 0; cell < size.length; cell++) {
    total += sum[cell]!;
    exposure += size[cell]! * rate[pattern[cell]!]!;
  }
  if (!absorbed) theta[0] = Math.log(total / exposure);
  return { theta, gamma: new Float64Array(absorbed ? groups : 0) };
}

/** Twice the score of α at zero, and the moment estimate Σ((y−μ)² − y) / Σμ². */
function excessVariance(cells: Cells, { kind }: LogLinear, at: Evaluation<LogLinearSums>): { score: number; moment: number } {
  let [score, squares] = [0, 0];
  for (let g = 0; g < cells.groups; g++) {
    const factor = kind.absorbed ? Math.exp(at.point.gamma[g]!) : 1;
    for (let cell = cells.groupStart[g]!; cell < cells.groupStart[g + 1]!; cell++) {
      const mu = factor * at.inner.mean[cells.pattern[cell]!]!;
      const n = cells.size[cell]!;
      const total = cells.sum[cell]!;
      score += cells.squares[cell]! - 2 * mu * total + n * mu * mu - total;
      squares += n * mu * mu;
    }
  }
  return { score, moment: score / squares };
}
