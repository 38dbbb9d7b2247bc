import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const folder = path.resolve(__dirname, '../snapshots');

/** Compares a drawing with the file of the repository; writes the file only when UPDATE_SNAPSHOTS=1. */
export function expectSnapshot(name: string, drawing: string): void {
  const file = path.join(folder, name);
  if (process.env.UPDATE_SNAPSHOTS === '1') writeFileSync(file, drawing);
  if (!existsSync(file))
    throw new Error(`Expected the drawing ${file}, got no file. Run with UPDATE_SNAPSHOTS=1 and look at what it writes.`);
  expect(drawing).toBe(readFileSync(file, 'utf8'));
}
