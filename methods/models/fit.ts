import type { Cells } from './cells';
import type { ModelData } from './column';
import { clustersOf, covarianceOf, standardErrorsOf, suspectErrors, unstandardise } from './covariance';
import { likelihoodRatio, pseudoR2, waldTest } from './inference';
import { ModelInputError } from './input-error';
import { DROP_REASONS, hasAlpha, MODELS, type Drop, type ModelSpec, type StandardErrors } from './model';
import type { Watch } from './newton';
import { nullLogLik } from './null-model';
import { coefficient, type CountFit } from './result';
import { refuseTooMany, takeSample, type Sample } from './sample';
import type { Clusters } from './scores';
import { search, type Fitted } from './search';
import { chiSquareOneUpper, twoSided } from './special/normal';

/**
 * Fits a count model by maximum likelihood (paper, Methods "Analysis": negative binomial regressions with year dummies, and outlet or
 * country effects). A fit that does not converge comes back with `converged: false`, a warning, and no standard errors.
 * @throws ModelInputError for data or a specification that cannot be fitted
 * @throws the reason of `watch.signal` when that aborts
 */
export async function fitCountModel(data: ModelData, spec: ModelSpec, watch: Watch = {}): Promise<CountFit> {
  checkSpec(spec);
  const se = standardErrorsOf(spec);
  const sample = takeSample(data, { ...spec, se });
  refuseTooMany(sample.cells, spec);
  const clusters = clustersOf(sample.read, { spec, se });
  const fitted = withoutRunaways(sample.cells, await search(sample.cells, spec.model, watch));
  const logLikConstant = fitted.optimum.converged ? await nullLogLik(sample.cells, spec.model, watch) : null;
  return report(sample, fitted, { spec, se, clusters, logLikConstant });
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

function checkSpec({ model, group, se }: ModelSpec): void {
  if (!MODELS.includes(model)) throw new ModelInputError(`Expected a model among ${MODELS.join(', ')}, got "${String(model)}".`);
  if (model !== 'nb2' && group === undefined)
    throw new ModelInputError(`Expected a group column for ${model}, got none. Name one, or fit nb2.`);
  if (model === 'nb2' && group !== undefined)
    throw new ModelInputError(`Expected no group for nb2, got "${group}". Add factor(${group}) to the formula, or fit nb2-fe or nb-hhg.`);
  if (typeof se === 'object' && se.cluster === '')
    throw new ModelInputError('Expected cluster:COLUMN, got no column. Name the column of the clusters.');
}

function report(
  { cells, drops, droppedColumns, warnings }: Sample,
  fitted: Fitted,
  { spec, se, clusters, logLikConstant }: { spec: ModelSpec; se: StandardErrors; clusters: Clusters | null; logLikConstant: number | null },
): CountFit {
  const { optimum, dispersed, boundary, logLik, logLikPoisson } = fitted;
  const { names } = cells.patterns;
  const theta = fitted.theta.slice();
  const usable = optimum.converged && optimum.covariance !== null;
  const covariance = usable ? covarianceOf(optimum.covariance!, cells, { se, clusters, scores: fitted.scores }).slice() : null;
  const order = theta.length;
  const suspect = covariance === null || se === 'oim' ? [] : suspectErrors(covariance, optimum.covariance!, order);
  unstandardise(cells.patterns, theta, covariance);
  const line = (term: string, k: number) => coefficient(term, theta[k]!, covariance?.[k * order + k] ?? null, twoSided);
  const coefficients = names.map(line);
  const statistic = Math.max(0, 2 * (logLik - (logLikPoisson ?? logLik)));
  const failure = optimum.failure === null ? [] : [`Not converged: ${optimum.failure}. ${fewDigits(cells)}Do not use these estimates.`];
  return {
    ...{ model: spec.model, n: cells.rows, groups: spec.model === 'nb2' ? null : cells.groups, drops, droppedColumns },
    dropped: rowsByReason(drops),
    ...{ logLik, logLikPoisson, logLikConstant, pseudoR2: pseudoR2(logLik, logLikConstant) },
    likelihoodRatio: likelihoodRatio(logLik, logLikConstant, names.filter((name) => name !== '(Intercept)').length),
    wald: waldTest({ coefficients, covariance }),
    alpha: boundary ? 0 : dispersed ? Math.exp(theta[order - 1]!) : null,
    lnAlpha: dispersed ? line('ln(alpha)', order - 1) : null,
    overdispersion: hasAlpha(spec.model) && usable ? { statistic, p: statistic > 0 ? chiSquareOneUpper(statistic) / 2 : 1 } : null,
    ...{ coefficients, covariance, se: typeof se === 'string' ? se : `cluster:${se.cluster}` },
    ...{ clusters: clusters?.clusters ?? null, converged: optimum.converged, iterations: optimum.iterations },
    diagnostics: {
      ...{ halvings: optimum.halvings, surrogateSteps: optimum.surrogateSteps, decrement: optimum.decrement, gradient: optimum.gradient },
      ...{ condition: optimum.condition, parameters: order, boundary },
    },
    warnings: [...warnings, ...fitted.warnings, ...fewClusters(clusters, order), ...tooSmall(suspect, names), ...failure],
  };
}

function rowsByReason(drops: readonly Drop[]): CountFit['dropped'] {
  const rows = (reason: Drop['reason']): number => drops.filter((drop) => drop.reason === reason).reduce((sum, drop) => sum + drop.rows, 0);
  return Object.fromEntries(DROP_REASONS.map((reason) => [reason, rows(reason)])) as CountFit['dropped'];
}

/** Sums over j < y for such y, and their differences, carry rounding of the size of what a search looks for. */
const LARGE_OUTCOME = 1e7;

function fewDigits({ runs }: Cells): string {
  const most = runs.to.at(-1) ?? 0;
  return most < LARGE_OUTCOME ? '' : `Outcomes up to ${most.toExponential()} leave it few digits. `;
}

function fewClusters(clusters: Clusters | null, parameters: number): string[] {
  if (clusters === null || clusters.clusters > parameters) return [];
  return [`Only ${clusters.clusters} clusters for ${parameters} parameters: the standard errors are too small, some perhaps zero.`];
}

function tooSmall(suspect: readonly number[], names: readonly string[]): string[] {
  if (suspect.length === 0) return [];
  const terms = suspect.map((k) => names[k] ?? 'ln(alpha)').join(', ');
  return [
    `The standard errors of ${terms} are less than a tenth of those by information: perfect prediction, or one cluster that decides. Do not use them.`,
  ];
}
