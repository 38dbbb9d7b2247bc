import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

const STAGES = ['source', 'sample', 'atlas', 'model', 'figure', 'report'];

/** Files of steps below a folder of a root, stage by stage, as paths from the root. */
export function stepFiles(root, below = 'activities', ending = '.ts') {
  return STAGES.flatMap((stage) => {
    const folder = path.join(root, below, stage);
    if (!existsSync(folder)) return [];
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
      .map((entry) => path.posix.join(below, stage, entry.name))
      .sort();
  });
}
