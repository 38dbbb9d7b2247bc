import { readdirSync } from 'node:fs';
import path from 'node:path';
import { buildGraph, type Graph } from '../dag/graph';
import type { AnyStep } from '../dag/step';

const STAGES = ['source', 'sample', 'atlas', 'model', 'figure', 'report'];

/**
 * All steps: every file of the stage folders is one, and its path is its id.
 * @throws Error when a file has no step or its id is not its path.
 */
export function loadSteps(folder = __dirname): AnyStep[] {
  return STAGES.flatMap((stage) => stepFiles(path.join(folder, stage)).map((file) => loadStep(folder, stage, file)));
}

export function loadGraph(): Graph {
  return buildGraph(loadSteps());
}

function loadStep(folder: string, stage: string, file: string): AnyStep {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- the folder is the list
  const loaded = require(path.join(folder, stage, file)) as { default?: AnyStep };
  const id = `${stage}/${file.replace(/\.[jt]s$/, '')}`;
  if (loaded.default === undefined)
    throw new Error(
      `Expected activities/${id} to export a step by default, got none. Files of a stage are steps; put what they share elsewhere.`,
    );
  if (loaded.default.id !== id)
    throw new Error(`Expected the step in activities/${id} to have that path as its id, got "${loaded.default.id}". Rename one of them.`);
  return loaded.default;
}

function stepFiles(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => /^[a-z0-9-]+\.(js|ts)$/.test(name))
      .sort();
  } catch {
    return [];
  }
}
