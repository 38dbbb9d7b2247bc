import path from 'node:path';

/**
 * A folder of compiled steps that stands in for the program's own, from `ATLAS_STEPS`; null without it. For benchmarks and for trying
 * graphs: see docs/writing-a-step.md.
 */
export function stepsFolder(env: NodeJS.ProcessEnv = process.env): string | null {
  const folder = env['ATLAS_STEPS'] ?? '';
  return folder === '' ? null : path.resolve(folder);
}
