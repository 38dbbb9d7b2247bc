import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { InputError } from './input-error';

/** The absolute path of a home as it was asked for; the folder need not be there yet. @throws InputError (exit 2) when it cannot be a folder */
export function homeFolder(asked: string | null, root: string): string {
  if (asked === null) return path.join(root, '.atlas');
  if (asked.trim() === '') throw new InputError('Expected --home with a folder, got nothing. Name one, or leave it out.');
  const home = path.resolve(asked);
  const standing = nearestExisting(home);
  if (statSync(standing).isDirectory()) return home;
  throw new InputError(`Expected --home to be a folder, got ${standing}, which is none (${asked}). Choose another.`);
}

function nearestExisting(place: string): string {
  return existsSync(place) ? place : nearestExisting(path.dirname(place));
}
