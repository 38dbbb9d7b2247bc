import { loadCodes } from '../activities/codes';
import { loadGraph } from '../activities/registry';
import { nearest } from '../config/nearest';
import { below, type Graph } from '../dag/graph';
import { fingerprint, makePlan, type PlannedStep } from '../dag/plan';
import { missingInputs, scopeOf } from '../dag/select';
import { forecasts, type Forecast } from '../store/forecast';
import { planWorld } from '../store/plan-world';
import { CommandError } from './failure';
import type { SelectorOptions } from './options';
import type { StudySession } from './study-session';
import { vintageOf } from './vintage';

export interface StudyPlan {
  readonly vintage: string;
  readonly fingerprint: string;
  readonly force: readonly string[];
  /** Ids of the steps that may run; null when all may. */
  readonly scope: readonly string[] | null;
  /** The steps of the scope. */
  readonly steps: readonly PlannedStep[];
  /** Steps that are not current, and stay so because they were not selected. */
  readonly outside: readonly string[];
}

/** With the price of what would run, from the last recorded costs. */
export interface PricedPlan extends StudyPlan {
  readonly forecasts: ReadonlyMap<string, Forecast>;
}

/**
 * What a rebuild would do now. Asks the database only; sends nothing and writes nothing.
 * @throws CommandError (exit 2) for a step that does not exist, and when the selected steps read what is not current
 */
export async function planStudy(session: StudySession, options: SelectorOptions): Promise<StudyPlan> {
  const vintage = await vintageOf(session.loaded, session.database, options.vintage);
  const graph = loadGraph();
  const scope = options.scope ?? selected(graph, options);
  const force = forcedSteps(graph, options.force ?? [], scope);
  const all = await makePlan({
    graph,
    study: session.loaded.study,
    codes: loadCodes(),
    vintage,
    forced: new Set(force),
    pinned: new Map(),
    world: planWorld(session.database),
    ...(scope === null ? {} : { cut: new Set(scope) }),
  });
  if (scope !== null) refuseMissingInputs(graph, all, scope);
  const steps = all.filter(({ step }) => scope?.includes(step) ?? true);
  const outside = all.filter((step) => step.action !== 'hit' && !steps.includes(step)).map(({ step }) => step);
  return { vintage, fingerprint: fingerprint(steps, vintage), force, scope, steps, outside };
}

/** The same with its price, which is counted from all shards of the last results. */
export async function pricePlan({ database }: StudySession, plan: StudyPlan): Promise<PricedPlan> {
  return { ...plan, forecasts: await forecasts(database) };
}

function selected(graph: Graph, { only = [], from }: SelectorOptions): readonly string[] | null {
  for (const id of [...only, ...(from === undefined ? [] : [from])]) requireStep(graph, id);
  return scopeOf(graph, { only, from });
}

function refuseMissingInputs(graph: Graph, plan: readonly PlannedStep[], scope: readonly string[]): void {
  const missing = missingInputs(graph, plan, scope);
  if (missing.length === 0) return;
  const lines = missing.map(({ step, readBy }) => `  ${step}, read by ${readBy.join(', ')}`);
  throw new CommandError(
    `Expected the selected steps to read current rows only, got ${missing.length} that ${missing.length === 1 ? 'is' : 'are'} not:\n${lines.join('\n')}\nSelect these too (--only), or run atlas rebuild without a selection.`,
    2,
  );
}

/** `STEP+` is the step and all below it, as far as they are selected. @throws CommandError for a step that does not exist or is not selected */
function forcedSteps(graph: Graph, asked: readonly string[], scope: readonly string[] | null): string[] {
  const found = asked.flatMap((text) => {
    const id = text.replace(/\+$/, '');
    requireStep(graph, id);
    if (scope?.includes(id) === false)
      throw new CommandError(`Expected --force with a selected step, got ${id}. Select it too (--only), or leave the selection out.`, 2);
    return text.endsWith('+') ? [...below(graph, id)] : [id];
  });
  return [...new Set(found)].filter((id) => scope?.includes(id) ?? true).sort();
}

/** All steps are many to read: those of the stage that was named, or the stages. */
function stepsOf(stage: string, ids: readonly string[]): string {
  const found = ids.filter((id) => id.startsWith(`${stage}/`));
  if (found.length > 0) return `Steps of ${stage}: ${found.join(', ')}.`;
  return `Its stages: ${[...new Set(ids.map((id) => id.split('/')[0]!))].join(', ')}; atlas plan and atlas show list the steps.`;
}

/** @throws CommandError (exit 2) that names the nearest steps */
export function requireStep(graph: Graph, id: string): void {
  if (graph.byId.has(id)) return;
  const ids = [...graph.byId.keys()];
  const name = id.split('/').at(-1)!;
  const nameOf = (known: string): string => known.split('/')[1]!;
  const meant = nearest(name, ids.map(nameOf));
  const alike = name === '' ? [] : ids.filter((known) => nameOf(known) === meant || known.includes(name) || name.includes(nameOf(known)));
  const near = [...new Set([nearest(id, ids) ?? [], alike].flat())];
  const advice = near.length > 0 ? `Did you mean ${near.slice(0, 3).join(' or ')}?` : stepsOf(id.split('/')[0]!, ids);
  throw new CommandError(`Expected a step, got "${id}". ${advice}`, 2);
}
