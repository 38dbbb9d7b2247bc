import { stepsFolder } from '../config/steps-folder';
import { buildGraph, type Graph } from '../dag/graph';
import type { AnyStep } from '../dag/step';
import { ownModules, stepModules, type Load } from './modules';

/**
 * All steps: every file of the stage folders is one, and its path is its id. `ATLAS_STEPS` names another folder than the program's own.
 * @throws Error when a file has no step or its id is not its path.
 */
export function loadSteps(folder: string | null = stepsFolder()): AnyStep[] {
  const modules = folder === null ? ownModules() : stepModules(folder);
  return [...modules].map(([id, load]) => loadStep(id, load));
}

export function loadGraph(): Graph {
  return (loaded ??= buildGraph(loadSteps()));
}

let loaded: Graph | null = null;

/** The queues that a graph has work for, `light` always among them: a worker of a queue without activities cannot start. */
export function queuesOf({ order }: Graph): Set<string> {
  return new Set(['light', ...order.map(({ queue }) => queue)]);
}

function loadStep(id: string, load: Load): AnyStep {
  const step = load().default as AnyStep | undefined;
  if (step === undefined)
    throw new Error(
      `Expected activities/${id} to export a step by default, got none. Files of a stage are steps; put what they share elsewhere.`,
    );
  if (step.id !== id)
    throw new Error(`Expected the step in activities/${id} to have that path as its id, got "${step.id}". Rename one of them.`);
  return step;
}
