import { createHash } from 'node:crypto';
import { createReadStream, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { canonicalJson } from '../../dag/canonical';
import { sha256 } from '../../dag/digest';
import type { FileRef, FolderRef } from '../study';
import { filesMatching } from './glob';
import { KnownDigests } from './known-digests';

/** sha256 → absolute path. Kept beside the study, never in it. */
export type Places = Record<string, string>;

/** Read whole; larger ones go through in pieces. */
const SMALL_BYTES = 1024 * 1024;

/** A file by its content; its path goes into `places`. Read once, and not at all when its digest is known. */
export async function refFile(file: string, places: Places, known = new KnownDigests(null)): Promise<FileRef> {
  const stat = statSync(file);
  const digest = known.find(file, stat) ?? (await readDigest(file, stat.size));
  known.add(file, stat, digest);
  places[digest] = file;
  return { name: path.basename(file), sha256: digest, bytes: stat.size };
}

async function readDigest(file: string, size: number): Promise<string> {
  const hash = createHash('sha256');
  if (size <= SMALL_BYTES) return hash.update(readFileSync(file)).digest('hex');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

/** Files by their content, sorted by name, then digest: the order of folders and patterns does not count. */
export async function refFiles(files: readonly string[], places: Places, known?: KnownDigests): Promise<FileRef[]> {
  const refs: FileRef[] = [];
  for (const file of new Set(files)) refs.push(await refFile(file, places, known));
  return refs.sort((a, b) => compare(a.name, b.name) || compare(a.sha256, b.sha256));
}

/** A folder by the relative names and the content of its files. */
export async function refFolder(folder: string, places: Places, known?: KnownDigests): Promise<FolderRef> {
  const listed: { at: string; sha256: string; bytes: number }[] = [];
  for (const file of filesMatching(path.join(folder, '**', '*'))) {
    const at = path.relative(folder, file).split(path.sep).join('/');
    const { sha256: digest, bytes } = await refFile(file, {}, known);
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
