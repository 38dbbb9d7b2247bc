import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

function isProject(folder: string): boolean {
  const file = path.join(folder, 'package.json');
  return existsSync(file) && /"name":\s*"research-atlas"/.test(readFileSync(file, 'utf8'));
}

/** The folder with this project's package.json, found upwards: the same from the sources and from `dist/`. */
export function projectRoot(from: string = __dirname): string {
  for (let folder = from; ; folder = path.dirname(folder)) {
    if (isProject(folder)) return folder;
    if (folder === path.dirname(folder)) throw new Error(`Expected a package.json named research-atlas above ${from}, got none.`);
  }
}

/** Where processes are started from. Always compiled code, also when the caller runs from the sources (tests). */
export function compiledRoot(): string {
  return path.join(projectRoot(), 'dist');
}
