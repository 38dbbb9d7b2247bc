import { rm } from 'node:fs/promises';
import path from 'node:path';
import { BrokenAnswer } from '../http/errors';
import type { AtlasRequest, Fetcher, SavedFile } from '../http/ports';
import { inTurn } from '../http/turns';
import { md5Line } from '../http/verdict/bulk';
import { bulkNames, numberOf, yearOf } from './bulk-names';

export interface BulkFile {
  /** `pubmed26n0001.xml.gz` */
  name: string;
  folder: 'baseline' | 'updatefiles';
  /** Below the bulk address of the service. */
  path: string;
  md5: string;
}

const folders = ['baseline', 'updatefiles'] as const;
const MD5_LANES = 4;

/**
 * All bulk files in the order in which they must be read: baseline, then updates, each by number. One request for each folder and checksum.
 * @throws ServiceError; BrokenAnswer while NLM is changing from one year's baseline to the next
 */
export async function listBulk(fetcher: Fetcher, signal?: AbortSignal): Promise<BulkFile[]> {
  const files: Omit<BulkFile, 'md5'>[] = [];
  for (const folder of folders) {
    const listing = await textOf(fetcher, `/${folder}/`, signal);
    files.push(...bulkNames(listing).map((name) => ({ name, folder, path: `/${folder}/${name}` })));
  }
  requireOneYear(files);
  requireNoHole(files);
  return withMd5(fetcher, files, signal);
}

/** A folder of files that are kept for later runs; a store behind it may have them for other machines too. */
export interface Shelf {
  readonly dir: string;
  /** Brings a file that is kept into the folder, if it does not stand there. */
  bring?(name: string): Promise<void>;
  keep?(name: string, file: SavedFile): Promise<void>;
}

export interface Download {
  readonly shelf: Shelf;
  readonly signal?: AbortSignal;
}

/**
 * Brings a file to the shelf and checks it; one caller of this process after the other, so that the second finds it there. A wrong md5 is
 * fetched once more. @throws BrokenAnswer if it stays wrong
 */
export async function downloadBulk(fetcher: Fetcher, file: BulkFile, options: Download): Promise<SavedFile & { path: string }> {
  const target = path.join(options.shelf.dir, file.name);
  return inTurn(target, () => downloadTo(target, fetcher, file, options), options.signal);
}

async function downloadTo(target: string, fetcher: Fetcher, file: BulkFile, { shelf, signal }: Download) {
  const request = bulkRequest(file.path);
  await shelf.bring?.(file.name);
  for (let tries = 1; ; tries++) {
    const saved = await fetcher.fetchToFile(request, target, signal);
    if (saved.md5 === file.md5) {
      await shelf.keep?.(file.name, saved);
      return { ...saved, path: target };
    }
    await rm(target);
    if (tries === 2)
      throw new BrokenAnswer(
        `Expected md5 ${file.md5}, got ${saved.md5} (bulk ${file.path}). List the files again; NLM may have replaced this one.`,
      );
  }
}

function bulkRequest(address: string): AtlasRequest {
  return { service: 'bulk', method: 'GET', path: address, accept: 'bytes' };
}

async function textOf(fetcher: Fetcher, address: string, signal?: AbortSignal): Promise<string> {
  return (await fetcher.fetch(bulkRequest(address), signal)).body.toString('utf8');
}

async function withMd5(fetcher: Fetcher, files: readonly Omit<BulkFile, 'md5'>[], signal?: AbortSignal): Promise<BulkFile[]> {
  const done: BulkFile[] = [];
  const todo = files.entries();
  const lane = async () => {
    for (const [index, file] of todo) done[index] = { ...file, md5: await md5Of(fetcher, file, signal) };
  };
  await Promise.all(Array.from({ length: MD5_LANES }, lane));
  return done;
}

async function md5Of(fetcher: Fetcher, file: Omit<BulkFile, 'md5'>, signal?: AbortSignal): Promise<string> {
  const [, name, md5] = md5Line.exec(await textOf(fetcher, `${file.path}.md5`, signal)) ?? [];
  if (name === file.name && md5 !== undefined) return md5;
  throw new BrokenAnswer(`Expected the md5 of ${file.name}, got that of ${name ?? 'no file'} (bulk ${file.path}.md5). Try again.`);
}

/** Each winter a new baseline replaces all files; in between the folders belong to different years. */
function requireOneYear(files: readonly Omit<BulkFile, 'md5'>[]): void {
  const [baseline, updates] = folders.map((folder) =>
    Math.max(...files.filter((file) => file.folder === folder).map(({ name }) => yearOf(name))),
  );
  if (baseline === updates || updates === -Infinity) return;
  throw new BrokenAnswer(
    `Expected baseline and updates of one year, got ${baseline} and ${updates} (bulk listings). NLM is changing the baseline; try again tomorrow.`,
  );
}

/** Files are numbered through: one that the listing leaves out would be missing in silence. */
function requireNoHole(files: readonly Omit<BulkFile, 'md5'>[]): void {
  const year = Math.max(...files.map(({ name }) => yearOf(name)));
  const numbers = new Set(files.filter(({ name }) => yearOf(name) === year).map(({ name }) => numberOf(name)));
  if (numbers.size === 0) throw new BrokenAnswer('Expected PubMed files in the bulk folders, got none (bulk listings). Try again later.');
  const first = Math.min(...numbers);
  const hole = Array.from({ length: numbers.size }, (_, index) => first + index).find((number) => !numbers.has(number));
  if (hole === undefined) return;
  throw new BrokenAnswer(
    `Expected PubMed files numbered without a gap, got none with number ${hole} of ${year} (bulk listings). NLM may be replacing it; try again later.`,
  );
}
