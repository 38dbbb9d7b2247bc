import { Z_95 } from './special/normal';
import type { Drop, DropReason, Model } from './model';

/** One coefficient on the log scale. Null where the fit did not converge. `low` and `high`: 95% interval. */
export interface Coefficient {
  readonly term: string;
  readonly estimate: number;
  readonly se: number | null;
  readonly z: number | null;
  readonly p: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/** A test of several coefficients at once, against χ². */
export interface JointTest {
  readonly statistic: number;
  readonly df: number;
  readonly p: number;
}

/** A fitted count model. */
export interface CountFit {
  readonly model: Model;
  /** Rows in the sample, after all drops. */
  readonly n: number;
  /** Groups in the sample; null for `nb2`. */
  readonly groups: number | null;
  /** Rows left out, by reason; `drops` has their names. */
  readonly dropped: Readonly<Record<DropReason, number>>;
  readonly drops: readonly Drop[];
  /** Terms left out because they are combinations of others (or of the group effects). */
  readonly droppedColumns: readonly string[];
  /** With all constants, −Σ ln y! included. */
  readonly logLik: number;
  /** Of the same model with α = 0; null for `nb-hhg`. */
  readonly logLikPoisson: number | null;
  /** Of the model without covariates: constant, exposure and group effects alone; null if that did not converge. */
  readonly logLikConstant: number | null;
  /** McFadden's 1 − logLik / logLikConstant. */
  readonly pseudoR2: number | null;
  /** All covariates against none, by the likelihoods: right if the whole distribution is. */
  readonly likelihoodRatio: JointTest | null;
  /** The same by the covariance that the fit has: the one to read with robust or clustered standard errors. */
  readonly wald: JointTest | null;
  /** Var(y) = μ + αμ². Zero at the boundary; null where the model has none. */
  readonly alpha: number | null;
  /** ln α with its standard error; null at the boundary. */
  readonly lnAlpha: Coefficient | null;
  /** Test of α = 0: 2(l − l_Poisson), against half a χ² with one degree of freedom. */
  readonly overdispersion: { readonly statistic: number; readonly p: number } | null;
  readonly coefficients: readonly Coefficient[];
  /** Row-major, of the coefficients in their order, and of ln α last if it was estimated; null if not converged. */
  readonly covariance: Float64Array | null;
  /** `oim`, `robust` or `cluster:COLUMN`. */
  readonly se: string;
  readonly clusters: number | null;
  readonly converged: boolean;
  readonly iterations: number;
  readonly diagnostics: Diagnostics;
  readonly warnings: readonly string[];
}

/** How the search went. */
export interface Diagnostics {
  /** Steps that had to be halved, and those taken with a stand-in for the information. */
  readonly halvings: number;
  readonly surrogateSteps: number;
  /** g′H⁻¹g at the end, and the largest |g_i| / √H_ii. */
  readonly decrement: number;
  readonly gradient: number;
  /** Of the information scaled to unit diagonal, in the 1-norm. */
  readonly condition: number | null;
  /** Estimated parameters without the group effects. */
  readonly parameters: number;
  readonly boundary: boolean;
}

/** An incidence rate ratio with its 95% interval, and the same as a change in percent. */
export interface RateRatio {
  readonly term: string;
  readonly ratio: number;
  readonly se: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly percent: number;
}

/** exp of a coefficient and of its interval; the standard error by the delta method. */
export function rateRatio({ term, estimate, se, low, high }: Coefficient): RateRatio {
  const ratio = Math.exp(estimate);
  const exp = (value: number | null): number | null => (value === null ? null : Math.exp(value));
  return { term, ratio, se: se === null ? null : ratio * se, low: exp(low), high: exp(high), percent: 100 * Math.expm1(estimate) };
}

/** All coefficients but the constant as incidence rate ratios (paper, Figs. 7 and 8A). */
export function rateRatios({ coefficients }: Pick<CountFit, 'coefficients'>): RateRatio[] {
  return coefficients.filter(({ term }) => term !== '(Intercept)').map(rateRatio);
}

/** A coefficient with normal quantiles; no standard error if its variance is not above zero. @param p two-sided */
export function coefficient(term: string, estimate: number, variance: number | null, p: (z: number) => number): Coefficient {
  if (variance === null || !(variance > 0)) return { term, estimate, se: null, z: null, p: null, low: null, high: null };
  const se = Math.sqrt(variance);
  const z = estimate / se;
  return { term, estimate, se, z, p: p(z), low: estimate - Z_95 * se, high: estimate + Z_95 * se };
}
