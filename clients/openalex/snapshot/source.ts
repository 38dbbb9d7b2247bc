import { createReadStream } from 'node:fs';
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { NotFound, Unauthorized, BrokenAnswer } from '../../http/errors';
import type { AtlasRequest, Fetcher } from '../../http/ports';
import { type Entity, type Manifest, type ManifestPart, manifestPaths, readManifest } from './manifest';
import type { OpenPart } from './part';
import { refusePart } from './part-error';

/** A snapshot of OpenAlex: a folder, or the public bucket over HTTP. Paths begin at the root of the bucket, with a slash. */
export interface SnapshotSource {
  /** A small file as a whole; null when there is none. */
  read(path: string, signal?: AbortSignal): Promise<Buffer | null>;
  /** Paths of the files below a folder; none when it is not there. */
  list(folder: string, signal?: AbortSignal): Promise<string[]>;
  /** A part as a local file of the length that the manifest says. `release` removes what was fetched for it. */
  local(part: ManifestPart, signal?: AbortSignal): Promise<{ path: string; release(): Promise<void> }>;
  /** For messages. */
  readonly place: string;
}

/** A snapshot that somebody brought to disk. */
export function folderSnapshot(folder: string): SnapshotSource {
  const at = (below: string) => path.join(folder, ...below.split('/'));
  return {
    place: folder,
    read: (below) => readFile(at(below)).catch(absent),
    list: async (below) => ((await readdir(at(below)).catch(absent)) ?? []).map((name) => `${below}${name}`),
    async local(part) {
      const file = at(part.path);
      const known = await stat(file).catch(absent);
      requireLength(part, known === null ? null : known.size);
      return { path: file, release: () => Promise.resolve() };
    },
  };
}

/** A snapshot over HTTP. A part is fetched whole before it is read: connections break, and a file that is there can be checked. */
export function remoteSnapshot(fetcher: Fetcher, scratch: () => Promise<string>): SnapshotSource {
  return {
    place: 'the bucket',
    async read(below, signal) {
      try {
        return (await fetcher.fetch(requestOf(below), signal)).body;
      } catch (error) {
        // A bucket that does not list its content says 403 for what is not there.
        if (error instanceof NotFound || error instanceof Unauthorized) return null;
        throw error;
      }
    },
    list: (below, signal) => listBucket(fetcher, below, signal),
    async local(part, signal) {
      const file = path.join(await scratch(), part.name.replaceAll('/', '_'));
      const saved = await fetcher.fetchToFile(requestOf(part.path), file, signal);
      requireLength(part, saved.bytes);
      return { path: file, release: () => rm(file, { force: true }) };
    },
  };
}

/** The manifest of an entity, of whichever shape is there. @throws BrokenAnswer when there is none, or it is damaged */
export async function manifestOf(snapshot: SnapshotSource, entity: Entity, signal?: AbortSignal): Promise<Manifest> {
  for (const below of manifestPaths(entity)) {
    const bytes = await snapshot.read(below, signal);
    if (bytes !== null) return readManifest(bytes.toString('utf8'), entity, `${snapshot.place}${below}`);
  }
  throw new BrokenAnswer(
    `Expected an OpenAlex snapshot with ${manifestPaths(entity).join(' or ')}, got neither in ${snapshot.place}. Set ATLAS_OPENALEX_SNAPSHOT to the folder or address that has data/ in it (docs/data-sources.md).`,
  );
}

const PIECE_BYTES = 512 * 1024;

/** Opens a local part for reading. */
export function openPart(file: string, { path: name, records }: Pick<ManifestPart, 'path' | 'records'>): OpenPart {
  return { file: name, records, packed: createReadStream(file, { highWaterMark: PIECE_BYTES }) as AsyncIterable<Buffer> };
}

/** S3's ListObjectsV2: keys in pages of 1,000. */
async function listBucket(fetcher: Fetcher, below: string, signal?: AbortSignal): Promise<string[]> {
  const names: string[] = [];
  let more: Record<string, string> = {};
  for (;;) {
    const query = { 'list-type': '2', prefix: below.slice(1), ...more };
    const { body } = await fetcher.fetch({ service: 'snapshot', method: 'GET', path: '/', query, accept: 'xml' }, signal);
    const text = body.toString('utf8');
    names.push(...[...text.matchAll(/<Key>([^<]+)<\/Key>/g)].map(([, key]) => `/${key!}`));
    const token = /<NextContinuationToken>([^<]+)<\/NextContinuationToken>/.exec(text)?.[1];
    if (token === undefined) return names;
    more = { 'continuation-token': token };
  }
}

function requestOf(below: string): AtlasRequest {
  return { service: 'snapshot', method: 'GET', path: below, accept: 'bytes' };
}

function requireLength({ path: file, bytes }: ManifestPart, got: number | null): void {
  if (got === bytes) return;
  throw refusePart(file, {
    what: got === null ? 'no file' : `${got} bytes where the manifest says ${bytes}`,
    next: 'Bring the whole snapshot again; if a new release has replaced it, start a new vintage.',
  });
}

function absent(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
  throw error;
}
