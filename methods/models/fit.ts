import type { Cells } from './cells';
import { keepColumns } from './cells';
import type { ModelData } from './column';
import { Conditional } from './conditional';
import { clustersOf, covarianceOf, standardErrorsOf, unstandardise, type Clusters } from './covariance';
import { ModelInputError } from './input-error';
import { LogLinear, type LogLinearSums } from './log-linear';
import { absorbs, DROP_REASONS, hasAlpha, MODELS, type ModelSpec, type StandardErrors } from './model';
import { maximise, type Optimum, type Watch } from './newton';
import { coefficient, type CountFit } from './result';
import { refuseTooMany, takeSample, type Sample } from './sample';
import { conditionalScores, logLinearScores, type RowScores } from './scores';
import { chiSquareOneUpper, twoSided } from './special/normal';

/**
 * Fits a count model by maximum likelihood (paper, Methods "Analysis": negative binomial regressions with year dummies, and outlet or
 * country effects). A fit that does not converge comes back with `converged: false`, a warning, and no standard errors.
 * @throws ModelInputError for data or a specification that cannot be fitted
 * @throws the reason of `watch.signal` when that aborts
 */
export async function fitCountModel(data: ModelData, spec: ModelSpec, watch: Watch = {}): Promise<CountFit> {
  checkSpec(spec);
  const sample = takeSample(data, spec);
  refuseTooMany(sample.cells, spec);
  const se = standardErrorsOf(spec);
  const clusters = clustersOf(data, sample.rows, { spec, se });
  const fitted = spec.model === 'nb-hhg' ? await fitConditional(sample.cells, watch) : await fitLogLinear(sample.cells, spec, watch);
  return report(sample, withoutRunaways(sample.cells, fitted), { spec, se, clusters });
}

/** On the scaled columns no honest coefficient has a variance like this; one that runs away has 1 / decrement. */
const RUNAWAY = 1e9;

/** A search that follows a coefficient to infinity ends with a small decrement too: that is no convergence. */
function withoutRunaways({ patterns: { names } }: Cells, fitted: Fitted): Fitted {
  const { optimum } = fitted;
  const order = fitted.theta.length;
  // The constant follows a column that was centred: it is named only if it runs alone.
  const runaway = names.findLast((_, k) => (optimum.covariance?.[k * order + k] ?? 0) > RUNAWAY);
  if (!optimum.converged || runaway === undefined) return fitted;
  return { ...fitted, optimum: { ...optimum, converged: false, failure: `the coefficient of ${runaway} grows without bound` } };
}

/** What the estimators have in common once they are done. */
interface Fitted {
  readonly optimum: Omit<Optimum<unknown>, 'at'>;
  readonly theta: Float64Array;
  readonly logLik: number;
  readonly logLikPoisson: number | null;
  readonly logLikConstant: number | null;
  readonly dispersed: boolean;
  readonly boundary: boolean;
  readonly scores: () => RowScores;
  readonly warnings: readonly string[];
}

function checkSpec({ model, group, se }: ModelSpec): void {
  if (!MODELS.includes(model)) throw new ModelInputError(`Expected a model among ${MODELS.join(', ')}, got "${String(model)}".`);
  if (model !== 'nb2' && group === undefined)
    throw new ModelInputError(`Expected a group column for ${model}, got none. Name one, or fit nb2.`);
  if (model === 'nb2' && group !== undefined)
    throw new ModelInputError(`Expected no group for nb2, got "${group}". Add factor(${group}) to the formula, or fit nb2-fe or nb-hhg.`);
  if (typeof se === 'object' && se.cluster === '')
    throw new ModelInputError('Expected cluster:COLUMN, got no column. Name the column of the clusters.');
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
    ...{ theta: optimum.at.point.theta, logLik: optimum.at.logLik, logLikPoisson: null, logLikConstant: null },
    ...{ dispersed: false, boundary: false, scores: () => conditionalScores(cells, optimum.at), warnings: [] },
  };
}

async function fitLogLinear(cells: Cells, spec: ModelSpec, watch: Watch): Promise<Fitted> {
  const absorbed = absorbs(spec.model);
  const poisson = new LogLinear(cells, { absorbed, dispersed: false });
  const first = await maximise(poisson, poissonStart(cells, absorbed), watch);
  const plain = {
    ...{ optimum: first, theta: first.at.point.theta, logLik: first.at.logLik, logLikPoisson: first.at.logLik, dispersed: false },
    ...{ boundary: false, scores: () => logLinearScores(poisson, first.at), warnings: [], logLikConstant: null },
  };
  if (!hasAlpha(spec.model) || !first.converged) return plain;
  const logLikConstant = spec.model === 'nb2' ? await constantOnly(cells, watch) : null;
  const { score, moment } = excessVariance(cells, poisson, first);
  if (score <= 0) {
    const warnings = ['No overdispersion: the likelihood is largest at alpha = 0, and this is the Poisson fit.'];
    return { ...plain, boundary: true, warnings, logLikConstant };
  }
  const { problem, optimum } = await addDispersionTo(cells, first, { absorbed, alpha: moment, watch });
  return {
    ...{ optimum, theta: optimum.at.point.theta, logLik: optimum.at.logLik, logLikPoisson: first.at.logLik, logLikConstant },
    ...{ dispersed: true, boundary: false, scores: () => logLinearScores(problem, optimum.at), warnings: [] },
  };
}

async function addDispersionTo(
  cells: Cells,
  { at: { point } }: Optimum<LogLinearSums>,
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
  let [total, exposure] = [0, 0];
  for (let cell = 0; cell < size.length; cell++) {
    total += sum[cell]!;
    exposure += size[cell]! * Math.exp(patterns.offset[pattern[cell]!]!);
  }
  if (!absorbed) theta[0] = Math.log(total / exposure);
  return { theta, gamma: new Float64Array(absorbed ? groups : 0) };
}

/** Twice the score of α at zero, and the moment estimate Σ((y−μ)² − y) / Σμ². */
function excessVariance(cells: Cells, { kind }: LogLinear, { at }: Optimum<LogLinearSums>): { score: number; moment: number } {
  let [score, squares] = [0, 0];
  for (let g = 0; g < cells.groups; g++) {
    const factor = kind.absorbed ? Math.exp(at.point.gamma[g]!) : 1;
    for (let cell = cells.groupStart[g]!; cell < cells.groupStart[g + 1]!; cell++) {
      const [mu, n, total] = [factor * at.inner.mean[cells.pattern[cell]!]!, cells.size[cell]!, cells.sum[cell]!];
      score += cells.squares[cell]! - 2 * mu * total + n * mu * mu - total;
      squares += n * mu * mu;
    }
  }
  return { score, moment: score / squares };
}

/** Log-likelihood of NB2 with the constant and the exposure alone; null if that does not converge. */
async function constantOnly(cells: Cells, watch: Watch): Promise<number | null> {
  const own = keepColumns(cells, [0]);
  const poisson = new LogLinear(own, { absorbed: false, dispersed: false });
  const first = await maximise(poisson, poissonStart(own, false), { signal: watch.signal });
  const { score, moment } = excessVariance(own, poisson, first);
  if (score <= 0) return first.converged ? first.at.logLik : null;
  const { optimum } = await addDispersionTo(own, first, { absorbed: false, alpha: moment, watch: { signal: watch.signal } });
  return optimum.converged ? optimum.at.logLik : null;
}

function report(
  { cells, drops, droppedColumns, warnings }: Sample,
  fitted: Fitted,
  { spec, se, clusters }: { spec: ModelSpec; se: StandardErrors; clusters: Clusters | null },
): CountFit {
  const { optimum, dispersed, boundary, logLik, logLikPoisson } = fitted;
  const { names } = cells.patterns;
  const theta = fitted.theta.slice();
  const usable = optimum.converged && optimum.covariance !== null;
  const covariance = usable ? covarianceOf(optimum.covariance!, cells, { se, clusters, scores: fitted.scores }).slice() : null;
  unstandardise(cells.patterns, theta, covariance);
  const order = theta.length;
  const line = (term: string, k: number) => coefficient(term, theta[k]!, covariance?.[k * order + k] ?? null, twoSided);
  const statistic = Math.max(0, 2 * (logLik - (logLikPoisson ?? logLik)));
  const failure = optimum.failure === null ? [] : [`Not converged: ${optimum.failure}. Do not use these estimates.`];
  return {
    ...{ model: spec.model, n: cells.rows, groups: spec.model === 'nb2' ? null : cells.groups, drops, droppedColumns },
    dropped: Object.fromEntries(
      DROP_REASONS.map((reason) => [reason, drops.find((drop) => drop.reason === reason)?.rows ?? 0]),
    ) as CountFit['dropped'],
    ...{ logLik, logLikPoisson, logLikConstant: fitted.logLikConstant },
    alpha: boundary ? 0 : dispersed ? Math.exp(theta[order - 1]!) : null,
    lnAlpha: dispersed ? line('ln(alpha)', order - 1) : null,
    overdispersion: hasAlpha(spec.model) && usable ? { statistic, p: statistic > 0 ? chiSquareOneUpper(statistic) / 2 : 1 } : null,
    ...{ coefficients: names.map(line), covariance, se: typeof se === 'string' ? se : `cluster:${se.cluster}` },
    ...{ clusters: clusters?.clusters ?? null, converged: optimum.converged, iterations: optimum.iterations },
    diagnostics: {
      ...{ halvings: optimum.halvings, surrogateSteps: optimum.surrogateSteps, decrement: optimum.decrement, gradient: optimum.gradient },
      ...{ condition: optimum.condition, parameters: order, boundary },
    },
    warnings: [...warnings, ...fitted.warnings, ...fewClusters(clusters, order), ...failure],
  };
}

function fewClusters(clusters: Clusters | null, parameters: number): string[] {
  if (clusters === null || clusters.clusters > parameters) return [];
  return [`Only ${clusters.clusters} clusters for ${parameters} parameters: the standard errors are too small, some perhaps zero.`];
}
