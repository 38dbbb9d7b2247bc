import { below, inputIds, type Graph } from './graph';
import type { PlannedStep } from './plan';

/** Which steps a user wants to run: these, or one with all below it; both together when both are given. */
export interface Selection {
  readonly only?: readonly string[];
  readonly from?: string;
}

/** Ids of the steps a run may run, in the order of the graph; null when it may run all. */
export function scopeOf(graph: Graph, { only = [], from }: Selection): string[] | null {
  if (only.length === 0 && from === undefined) return null;
  const wanted = new Set([...only, ...(from === undefined ? [] : below(graph, from))]);
  return graph.order.map(({ id }) => id).filter((id) => wanted.has(id));
}

/** A step that a scope reads, but that is neither current nor in it, and who reads it. */
export interface MissingInput {
  readonly step: string;
  readonly readBy: readonly string[];
}

/** What stands in the way of a scope: it can run only on rows that are there. */
export function missingInputs(graph: Graph, plan: readonly PlannedStep[], scope: readonly string[]): MissingInput[] {
  const inside = new Set(scope);
  const stale = new Set(plan.filter(({ step, action }) => action !== 'hit' && !inside.has(step)).map(({ step }) => step));
  const busy = plan.filter(({ step, action }) => action !== 'hit' && inside.has(step)).map(({ step }) => graph.byId.get(step)!);
  const readers = (id: string): string[] => busy.filter((step) => inputIds(step).includes(id)).map(({ id: reader }) => reader);
  return [...stale].map((step) => ({ step, readBy: readers(step) })).filter(({ readBy }) => readBy.length > 0);
}
