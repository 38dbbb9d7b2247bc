/** Count models, named as results name them. `nb2-fe` and `poisson-fe` have one intercept a group; `nb-hhg` conditions on group totals. */
export const MODELS = ['nb2', 'nb2-fe', 'nb-hhg', 'poisson-fe'] as const;
export type Model = (typeof MODELS)[number];

/** Whether each group has an intercept of its own that is eliminated from the equations. */
export const absorbs = (model: Model): boolean => model === 'nb2-fe' || model === 'poisson-fe';

/** Whether α is estimated beside the coefficients. */
export const hasAlpha = (model: Model): boolean => model === 'nb2' || model === 'nb2-fe';

/** `oim`: observed information; `robust`: sandwich; otherwise a sandwich of scores summed by the column. */
export type StandardErrors = 'oim' | 'robust' | { readonly cluster: string };

/** What is to be fitted. */
export interface ModelSpec {
  readonly model: Model;
  readonly formula: string;
  /** Column of the groups: required, except that `nb2` has none. */
  readonly group?: string;
  /** Column that enters as ln(column) with coefficient 1. */
  readonly exposure?: string;
  /** Default: clustered on the group for `nb2-fe` and `poisson-fe`, observed information else. */
  readonly se?: StandardErrors;
  /** Rows with an empty cell in a column of the model: dropped and counted (default), or refused by row and column. */
  readonly missing?: 'drop' | 'refuse';
}

/** Why rows did not take part, in the order in which the rules apply. */
export const DROP_REASONS = ['missing', 'singletonGroups', 'allZeroGroups', 'allZeroLevels', 'separated'] as const;
export type DropReason = (typeof DROP_REASONS)[number];

/** Rows that one rule took out, with the names of their groups, levels, columns or (separated) row numbers. */
export interface Drop {
  readonly reason: DropReason;
  readonly rows: number;
  readonly names: readonly string[];
}
