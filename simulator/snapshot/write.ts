import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Holdings } from '../holdings';
import type { Switches } from '../switches';
import { snapshotFiles } from './files';

/** Writes a world as a snapshot into a folder, manifests last as the real one is written. @returns files written */
export function writeSnapshot(holdings: Holdings, shape: Switches['snapshotShape'], folder: string): number {
  const files = [...snapshotFiles(holdings, shape)].sort(([a], [b]) => Number(a.includes('/manifest')) - Number(b.includes('/manifest')));
  for (const [name, bytes] of files) {
    const file = path.join(folder, ...name.split('/'));
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, bytes);
  }
  return files.length;
}
