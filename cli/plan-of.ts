import { loadCodes } from '../activities/codes';
import { loadGraph } from '../activities/registry';
import { below } from '../dag/graph';
import { fingerprint, makePlan, type PlannedStep } from '../dag/plan';
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
  readonly steps: readonly PlannedStep[];
}

/** With the price of what would run, from the last recorded costs. */
export interface PricedPlan extends StudyPlan {
  readonly forecasts: ReadonlyMap<string, Forecast>;
}

/** What a rebuild would do now. Asks the database only; sends nothing and writes nothing. */
export async function planStudy(session: StudySession, options: SelectorOptions): Promise<StudyPlan> {
  const vintage = await vintageOf(session.loaded, session.database, options.vintage);
  const graph = loadGraph();
  const force = forcedSteps(graph, options.force ?? []);
  const steps = await makePlan({
    graph,
    study: session.loaded.study,
    codes: loadCodes(),
    vintage,
    forced: new Set(force),
    pinned: new Map(),
    world: planWorld(session.database),
  });
  return { vintage, fingerprint: fingerprint(steps, vintage), force, steps };
}

/** The same with its price, which is counted from all shards of the last results. */
export async function pricePlan({ database }: StudySession, plan: StudyPlan): Promise<PricedPlan> {
  return { ...plan, forecasts: await forecasts(database) };
}

/** `STEP+` is the step and all below it. @throws CommandError for a step that does not exist, with the nearest names */
function forcedSteps(graph: ReturnType<typeof loadGraph>, asked: readonly string[]): string[] {
  const found = asked.flatMap((text) => {
    const id = text.replace(/\+$/, '');
    requireStep(graph, id);
    return text.endsWith('+') ? [...below(graph, id)] : [id];
  });
  return [...new Set(found)].sort();
}

export function requireStep(graph: ReturnType<typeof loadGraph>, id: string): void {
  if (graph.byId.has(id)) return;
  const name = id.split('/').at(-1)!;
  const near = [...graph.byId.keys()].filter((known) => known.includes(name) || name.includes(known.split('/')[1]!));
  const advice = near.length > 0 ? `Did you mean ${near.slice(0, 3).join(' or ')}?` : `The steps: ${[...graph.byId.keys()].join(', ')}.`;
  throw new CommandError(`Expected a step, got "${id}". ${advice}`, 2);
}
