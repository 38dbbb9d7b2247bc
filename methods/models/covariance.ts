import type { Cells } from './cells';
import type { TextColumn } from './column';
import { ModelInputError } from './input-error';
import { sandwich } from './linear/cholesky';
import { recode } from './loops';
import type { ModelSpec, StandardErrors } from './model';
import type { Patterns } from './patterns';
import type { ModelRows } from './rows';
import { clusterMeat, robustMeat, type Clusters, type RowScores } from './scores';

/** The standard errors of a model where none are named. */
export function standardErrorsOf({ model, group, se }: ModelSpec): StandardErrors {
  if (se !== undefined) return se;
  return (model === 'nb2-fe' || model === 'poisson-fe') && group !== undefined ? { cluster: group } : 'oim';
}

/**
 * The clusters of a model, or null for `oim` and row-wise `robust`. The conditional model has scores of whole groups only: there `robust`
 * means by group, and a cluster must hold whole groups.
 */
export function clustersOf({ cluster, group }: ModelRows, { spec, se }: { spec: ModelSpec; se: StandardErrors }): Clusters | null {
  const conditional = spec.model === 'nb-hhg';
  const name = typeof se === 'object' ? se.cluster : se === 'robust' && conditional ? spec.group! : null;
  if (name === null) return null;
  const found = numbered(typeof se === 'object' ? cluster! : group!);
  if (conditional && name !== spec.group) requireWholeGroups(found, numbered(group!), { name, group: spec.group! });
  if (found.clusters < 2)
    throw new ModelInputError(`Expected at least two clusters in column "${name}", got ${found.clusters}. Cluster on another column.`);
  return found;
}

function numbered({ codes, levels }: TextColumn): Clusters {
  const place = new Int32Array(levels.length);
  for (let row = 0; row < codes.length; row++) place[codes[row]!] = 1;
  let clusters = 0;
  for (let level = 0; level < place.length; level++) if (place[level] === 1) place[level] = clusters++;
  return { cluster: clusters === levels.length ? codes : recode(codes.slice(), place), clusters };
}

function requireWholeGroups(outer: Clusters, inner: Clusters, { name, group }: { name: string; group: string }): void {
  const owner = new Int32Array(inner.clusters).fill(-1);
  inner.cluster.forEach((g, row) => {
    if (owner[g]! >= 0 && owner[g] !== outer.cluster[row])
      throw new ModelInputError(
        `Expected clusters of "${name}" that hold whole groups of "${group}", got a group in two clusters. The conditional model has no scores of single rows: cluster on "${group}".`,
      );
    owner[g] = outer.cluster[row]!;
  });
}

/** Covariance of the estimates from the inverse information: itself, or in a sandwich with n/(n−1) or G/(G−1) (Stata's factors). */
export function covarianceOf(
  bread: Float64Array,
  cells: Cells,
  { se, clusters, scores }: { se: StandardErrors; clusters: Clusters | null; scores: () => RowScores },
): Float64Array {
  if (se === 'oim') return bread;
  const rows = scores();
  const count = clusters?.clusters ?? cells.rows;
  const meat = clusters === null ? robustMeat(cells, rows) : clusterMeat(cells, rows, clusters);
  const factor = count / (count - 1);
  return sandwich(bread, meat, rows.order).map((value) => value * factor);
}

/** Of the variance by information: below the first, a sandwich's is suspect; below the second, it is the rounding of zero. */
const SUSPECT = 1e-2;
const ROUNDING = 1e-20;

/**
 * Columns whose errors in a sandwich are far below those by information. The scores hardly differ from zero there: counts predicted
 * perfectly, or one cluster that decides the coefficient. Variances that are rounding of zero are set to zero, in place.
 */
export function suspectErrors(covariance: Float64Array, bread: Float64Array, order: number): number[] {
  const suspect: number[] = [];
  for (let k = 0; k < order; k++) {
    const at = k * order + k;
    if (covariance[at]! < SUSPECT * bread[at]!) suspect.push(k);
    if (covariance[at]! < ROUNDING * bread[at]!) covariance[at] = 0;
  }
  return suspect;
}

/** Estimates on the columns' original scale: the search worked with (x − centre) / scale. In place for both. */
export function unstandardise({ names, centre, scale }: Patterns, theta: Float64Array, covariance: Float64Array | null): void {
  const order = theta.length;
  const constant = names[0] === '(Intercept)';
  const apply = (at: (k: number) => number): void => {
    let shift = 0;
    for (let k = 0; k < names.length; k++) {
      const value = get(at(k)) / scale[k]!;
      set(at(k), value);
      shift += value * centre[k]!;
    }
    if (constant) set(at(0), get(at(0)) - shift);
  };
  let target = theta;
  const get = (at: number): number => target[at]!;
  const set = (at: number, value: number): void => void (target[at] = value);
  apply((k) => k);
  if (covariance === null) return;
  target = covariance;
  for (let row = 0; row < order; row++) apply((k) => row * order + k);
  for (let column = 0; column < order; column++) apply((k) => k * order + column);
}
