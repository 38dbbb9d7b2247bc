import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { canonicalJson } from '../../dag/canonical';
import { sha256 } from '../../dag/digest';
import type { FileRef, FolderRef } from '../study';
import { filesMatching } from './glob';

/** sha256 → absolute path. Kept beside the study, never in it. */
export type Places = Record<string, string>;

/** A file by its content; its path goes into `places`. Reads it once, in pieces. */
export async function refFile(file: string, places: Places): Promise<FileRef> {
  const hash = createHash('sha256');
  let bytes = 0;
  await pipeline(createReadStream(file), async (pieces: AsyncIterable<Buffer>) => {
    for await (const piece of pieces) {
      bytes += piece.length;
      hash.update(piece);
    }
  });
  const digest = hash.digest('hex');
  places[digest] = file;
  return { name: path.basename(file), sha256: digest, bytes };
}

/** Files by their content, sorted by name, then digest: the order of folders and patterns does not count. */
export async function refFiles(files: readonly string[], places: Places): Promise<FileRef[]> {
  const refs: FileRef[] = [];
  for (const file of new Set(files)) refs.push(await refFile(file, places));
  return refs.sort((a, b) => compare(a.name, b.name) || compare(a.sha256, b.sha256));
}

/** A folder by the relative names and the content of its files. */
export async function refFolder(folder: string, places: Places): Promise<FolderRef> {
  const listed: { at: string; sha256: string; bytes: number }[] = [];
  for (const file of filesMatching(path.join(folder, '**', '*'))) {
    const at = path.relative(folder, file).split(path.sep).join('/');
    const { sha256: digest, bytes } = await refFile(file, {});
    listed.push({ at, sha256: digest, bytes });
  }
  const digest = sha256(canonicalJson(listed));
  places[digest] = folder;
  return { sha256: digest, bytes: listed.reduce((sum, { bytes }) => sum + bytes, 0), files: listed.length };
}

/** Code-unit order: the same on every machine, whatever its language. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
