import type { Study } from '../../config/study';
import type { Model, StandardErrors } from '../../methods/models';

/** What the study says on models. */
export type ModelRule = Study['model'];

/** One model to be fitted: a shard of its step. */
export interface Regression {
  /** `<adjustment or team size>/<estimator>`. */
  readonly name: string;
  readonly adjustment: 'unadjusted' | 'same-sample' | 'outlet' | 'country';
  readonly teamSize: ModelRule['teamSize'] | null;
  readonly estimator: Model;
  /** Held against the paper; the others stand beside it. */
  readonly held: boolean;
  /** Right side of the formula, without year dummies. */
  readonly covariates: string;
  /** Whether years are dummies; else they are the group. */
  readonly years: boolean;
  readonly group?: string;
  readonly se: StandardErrors;
  /** Terms that are tested together. */
  readonly interest: string;
}

/** Estimators of models with outlet or country effects, the paper's most likely one first. */
export const EFFECTS = ['nb-hhg', 'nb2-fe', 'poisson-fe'] as const;

/**
 * The estimator held against the paper where a factor has effects. Thousands of dummies in plain NB2 are the same model as absorbed effects,
 * so there `nb2` is fitted as `nb2-fe`.
 */
export const heldEffects = ({ estimator }: Pick<ModelRule, 'estimator'>): Model => (estimator === 'nb2' ? 'nb2-fe' : estimator);

/**
 * Standard errors of one estimator. The study's choice holds for NB2 without effects and for the estimator held against the paper; beside
 * it, absorbed effects have errors clustered on their group, since with few rows a group those by information are too small. Poisson has
 * nothing but clustered or robust ones: its information assumes a variance that counts do not have.
 */
export function standardErrors({ se, estimator }: Pick<ModelRule, 'se' | 'estimator'>, model: Model, group?: string): StandardErrors {
  if (group === undefined) return se === 'cluster' ? { cluster: 'cluster' } : se;
  const chosen = model === heldEffects({ estimator }) || model === 'nb-hhg' ? se : 'cluster';
  if (chosen === 'cluster' || (chosen === 'oim' && model === 'poisson-fe')) return { cluster: group };
  return chosen;
}
