import type { Json } from '../../dag/canonical';
import type { Row } from '../../dag/columns';
import {
  fitCountModel,
  ModelInputError,
  predictiveMargins,
  rateRatio,
  sampleRows,
  takeRows,
  waldTest,
  type CountFit,
  type ModelData,
  type ModelSpec,
  type Watch,
} from '../../methods/models';
import type { fitColumns } from './columns';
import type { Regression } from './regression';
import { sampleOf, type SampleLine } from './sample';
import { tenDigits } from './ten-digits';

export type FitRow = Row<typeof fitColumns>;

export interface Fitting {
  readonly regression: Regression;
  readonly outcome: string;
  readonly base: string | null;
  readonly data: ModelData;
  /** Whether there is more than one year: one alone is no factor. */
  readonly severalYears: boolean;
  /** The fit whose rows this one is restricted to. */
  readonly restrictTo?: Regression;
}

/**
 * Fits one model and tells it as a row. Data that cannot be fitted (one region, no citation) is a row that says why, not a failed rebuild.
 * @throws the reason of the signal when that aborts
 */
export async function fitRow(fitting: Fitting, watch: Watch): Promise<FitRow> {
  const spec = specOf(fitting, fitting.regression);
  try {
    const { data, lines } = restricted(fitting);
    const fit = await fitCountModel(data, spec, watch);
    return { ...rowOf(fitting, spec), ...numbersOf(fit, fitting.regression), ...detailsOf(fit, { fitting, spec, data, lines }) };
  } catch (error) {
    if (!(error instanceof ModelInputError)) throw error;
    return { ...rowOf(fitting, spec), failure: error.message };
  }
}

export function specOf({ outcome, severalYears }: Fitting, { covariates, years, estimator, group, se }: Regression): ModelSpec {
  const formula = `${outcome} ~ ${covariates}${years && severalYears ? ' + factor(year)' : ''}`;
  return { model: estimator, formula, group, se };
}

/** The rows of another model's sample, with a line that counts those left out. */
function restricted(fitting: Fitting): { data: ModelData; lines: SampleLine[] } {
  const { data, restrictTo } = fitting;
  if (restrictTo === undefined) return { data, lines: [] };
  const rows = sampleRows(data, specOf(fitting, restrictTo));
  const out = { reason: 'other-sample', what: restrictTo.name, rows: data.rows - rows.length, groups: null, examples: [] };
  return { data: takeRows(data, rows), lines: [out] };
}

function rowOf({ regression, base }: Fitting, { formula, group }: ModelSpec): FitRow {
  const { name, adjustment, teamSize, estimator, held } = regression;
  return {
    ...{ fit: name, adjustment, team_size: teamSize, estimator, held, formula, grouping: group ?? null, base },
    ...{ n: null, groups: null, log_lik: null, log_lik_poisson: null, log_lik_null: null, pseudo_r2: null },
    ...{ lr: null, lr_df: null, lr_p: null, joint: null, joint_df: null, joint_p: null },
    ...{ alpha: null, overdispersion: null, overdispersion_p: null, se: null, clusters: null },
    ...{ converged: false, iterations: null, gradient: null, failure: null, warnings: [], terms: [], sample: [], predictions: [] },
  };
}

function numbersOf(fit: CountFit, { interest }: Regression) {
  const joint = waldTest(fit, (term) => term === interest || term.startsWith(`${interest}[`));
  const { likelihoodRatio: lr, overdispersion, diagnostics, warnings } = fit;
  return {
    ...{ n: fit.n, groups: fit.groups, clusters: fit.clusters, se: fit.se, converged: fit.converged, iterations: fit.iterations },
    ...{ log_lik: tenDigits(fit.logLik), log_lik_poisson: tenDigits(fit.logLikPoisson), log_lik_null: tenDigits(fit.logLikConstant) },
    ...{ pseudo_r2: tenDigits(fit.pseudoR2), lr: tenDigits(lr?.statistic), lr_df: lr?.df ?? null, lr_p: tenDigits(lr?.p) },
    ...{ joint: tenDigits(joint?.statistic), joint_df: joint?.df ?? null, joint_p: tenDigits(joint?.p) },
    ...{
      alpha: tenDigits(fit.alpha),
      overdispersion: tenDigits(overdispersion?.statistic),
      overdispersion_p: tenDigits(overdispersion?.p),
    },
    // Rounding makes the last digits of a score that is zero: its size is what matters.
    gradient: Number(diagnostics.gradient.toPrecision(1)),
    ...{ failure: fit.converged ? null : (warnings.at(-1) ?? 'not converged'), warnings: fit.converged ? warnings : warnings.slice(0, -1) },
  };
}

function detailsOf(
  fit: CountFit,
  { fitting, spec, data, lines }: { fitting: Fitting; spec: ModelSpec; data: ModelData; lines: readonly SampleLine[] },
) {
  return {
    terms: fit.converged ? termsOf(fit) : [],
    sample: [...sampleOf(fit, fitting.data.rows, lines)] as unknown as Json,
    predictions: fitting.regression.name === 'unadjusted/nb2' && fit.converged ? predictionsOf(fit, { spec, data }) : [],
  };
}

/** Terms of Figs. 7 and 8A and all else that was estimated; the constant and ln(alpha) have no ratio. */
function termsOf({ coefficients, lnAlpha }: CountFit): Json {
  return [...coefficients, ...(lnAlpha === null ? [] : [lnAlpha])].map((line) => {
    const { term, estimate, se, z, p, low, high } = line;
    const [, factor = term, level = null] = /^([^[:]+)\[(.*)\]$/.exec(term) ?? [];
    const ratio = term === '(Intercept)' || term === 'ln(alpha)' ? null : rateRatio(line);
    const numbers = {
      estimate,
      se,
      z,
      p,
      low,
      high,
      ratio: ratio?.ratio,
      ratio_se: ratio?.se,
      ratio_low: ratio?.low,
      ratio_high: ratio?.high,
    };
    return { term, factor, level, ...Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, tenDigits(value)])) };
  });
}

function predictionsOf(fit: CountFit, { spec, data }: { spec: ModelSpec; data: ModelData }): Json {
  const hasYears = spec.formula.includes('factor(year)');
  const shapes = hasYears ? [['region'], ['year'], ['region', 'year']] : [['region']];
  return shapes.flatMap((factors) =>
    predictiveMargins(data, spec, { fit, factors }).map(({ at, mean, se, low, high }) => ({
      region: at[factors.indexOf('region')] ?? null,
      year: factors.includes('year') ? Number(at[factors.indexOf('year')]) : null,
      ...{ mean: tenDigits(mean), se: tenDigits(se), low: tenDigits(low), high: tenDigits(high) },
    })),
  );
}
