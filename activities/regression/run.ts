import type { Relation, Sql } from '../../dag/sql';
import type { Progress } from '../../methods/models';
import { fitRow, type FitRow } from './fit';
import { internationalRegressions } from './international';
import type { ModelRule, Regression } from './regression';
import { relevanceRegressions } from './relevance';
import { readArticles, type Outcome } from './rows';

/** What a step that fits gets: one shard is one fit. */
interface Run<P> {
  readonly params: P;
  readonly shard: { readonly name: string };
  readonly inputs: { readonly articles: Relation };
  readonly signal: AbortSignal;
  query<T>(text: Sql): Promise<T[]>;
  write(rows: Iterable<FitRow>): void;
  progress(note: string): void;
}

/** Fits the model of a shard: citations on regions. The base is the study's, or the region with most articles (paper: Asia). */
export async function fitRelevance(run: Run<Pick<ModelRule, 'estimator' | 'se' | 'base'>>, outcome: Outcome): Promise<void> {
  const { data, mostProductive, years } = await readArticles(run.inputs.articles, run.query, { outcome, teamSizeCap: Infinity });
  const base = run.params.base === 'most-productive' ? mostProductive : run.params.base;
  const all = relevanceRegressions(run.params, base);
  const regression = named(all, run.shard.name);
  const restrictTo = regression.adjustment === 'same-sample' ? all.find((one) => one.adjustment === 'outlet' && one.held) : undefined;
  run.write([await fitRow({ regression, outcome, base, data, severalYears: years > 1, restrictTo }, watchOf(run))]);
}

/** Fits the model of a shard: citations on international collaboration. */
export async function fitInternational(
  run: Run<Pick<ModelRule, 'estimator' | 'se' | 'teamSize' | 'teamSizeCap'>>,
  outcome: Outcome,
): Promise<void> {
  const { data, years } = await readArticles(run.inputs.articles, run.query, { outcome, teamSizeCap: run.params.teamSizeCap });
  const regression = named(internationalRegressions(run.params), run.shard.name);
  run.write([await fitRow({ regression, outcome, base: null, data, severalYears: years > 1 }, watchOf(run))]);
}

function named(all: readonly Regression[], name: string): Regression {
  const found = all.find((one) => one.name === name);
  if (found !== undefined) return found;
  throw new Error(`Expected a fit among ${all.map((one) => one.name).join(', ')}, got ${name}. Report it, this is a fault of the program.`);
}

function watchOf({ signal, progress }: Pick<Run<unknown>, 'signal' | 'progress'>) {
  const onProgress = ({ iteration, logLik, gradient }: Progress): void =>
    progress(`iteration ${iteration}, log-likelihood ${logLik.toFixed(2)}, score ${gradient.toExponential(1)}`);
  return { signal, onProgress };
}
