import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';

/** Longer than any fetch may take: what is older was left by one that was killed. */
const ABANDONED_MS = 60 * 60_000;

/** A folder of one fetch alone, beside its target so that a rename ends it; two fetches at once do not disturb each other. */
export function fetchFolder(target: string): string {
  const parent = path.dirname(target);
  mkdirSync(parent, { recursive: true });
  for (const name of readdirSync(parent).filter((entry) => entry.startsWith('fetch-'))) {
    const folder = path.join(parent, name);
    const made = statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (Date.now() - made > ABANDONED_MS) rmSync(folder, { recursive: true, force: true });
  }
  return mkdtempSync(path.join(parent, 'fetch-'));
}
