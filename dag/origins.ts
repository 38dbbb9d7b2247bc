import { inputIds, type Graph } from './graph';
import type { PlannedStep } from './plan';

/**
 * Steps above `id` that would run for a reason of their own, not only because their inputs will: where a step that waits has its reason
 * from. In the order of the graph; none for a step that is current.
 */
export function originsOf(graph: Graph, plan: readonly PlannedStep[], id: string): PlannedStep[] {
  const moving = new Map(plan.filter(({ action }) => action !== 'hit').map((step) => [step.step, step]));
  const above = new Set<string>();
  const visit = (step: string): void => {
    for (const input of inputIds(graph.byId.get(step)!)) {
      if (above.has(input) || !moving.has(input)) continue;
      above.add(input);
      visit(input);
    }
  };
  if (moving.has(id)) visit(id);
  return plan.filter(({ step, cues }) => above.has(step) && cues.some(({ cue }) => cue !== 'input'));
}
