import { factor, solve } from './linear/cholesky';
import type { CountFit, JointTest } from './result';
import { chiSquareUpper } from './special/chi-square';

const CONSTANT = '(Intercept)';

/** Twice the difference of two nested log-likelihoods against χ². Null where the smaller one is not known, or nothing is tested. */
export function likelihoodRatio(logLik: number, smaller: number | null, df: number): JointTest | null {
  if (smaller === null || df < 1) return null;
  const statistic = Math.max(0, 2 * (logLik - smaller));
  return { statistic, df, p: chiSquareUpper(statistic, df) };
}

/** McFadden's 1 − l/l₀. Null where l₀ is not known or zero. */
export function pseudoR2(logLik: number, smaller: number | null): number | null {
  return smaller === null || smaller === 0 ? null : 1 - logLik / smaller;
}

/**
 * Wald's test that the coefficients of some terms are all zero (the constant is never among them): b′V⁻¹b against χ², with whatever
 * covariance the fit has. Null if the fit did not converge, no term is meant, or V is singular (fewer clusters than terms).
 */
export function waldTest(
  { coefficients, covariance }: Pick<CountFit, 'coefficients' | 'covariance'>,
  meant: (term: string) => boolean = () => true,
): JointTest | null {
  const at = coefficients.flatMap(({ term }, k) => (term !== CONSTANT && meant(term) ? [k] : []));
  if (covariance === null || at.length === 0) return null;
  const order = Math.sqrt(covariance.length);
  const df = at.length;
  const factored = factor(
    Float64Array.from({ length: df * df }, (_, i) => covariance[at[Math.floor(i / df)]! * order + at[i % df]!]!),
    df,
  );
  if (factored === null) return null;
  const b = Float64Array.from(at, (k) => coefficients[k]!.estimate);
  const statistic = solve(factored, b).reduce((sum, value, k) => sum + value * b[k]!, 0);
  return { statistic, df, p: chiSquareUpper(statistic, df) };
}
