import { createHash } from 'node:crypto';

export interface CutRules {
  /** A batch ends after an id whose hash is a multiple of this. Default 64. */
  modulus?: number;
  /** Most ids in a batch. Default 100, the limit of an OpenAlex OR filter. */
  max?: number;
  /** Most bytes of a batch in an address: the percent-encoded ids and their separators. Default: no limit. */
  maxUrlBytes?: number;
}

interface Hashed {
  id: string;
  hash: number;
  bytes: number;
}

/** `|` between two values of an OR filter, percent-encoded. */
const SEPARATOR_BYTES = 3;

/**
 * Cuts ids into batches by their content: sorted, each once, cut after an id whose sha256 is a multiple of `modulus`. A run that is still too
 * long is cut after its smallest hash, again and again. Neither cut depends on what lies outside the run, so one id more changes at most two
 * batches and all other requests stay in the archive. (Under `maxUrlBytes`, ids of unequal length may now and then change a third.)
 */
export function cutByContent(ids: Iterable<string>, { modulus = 64, max = 100, maxUrlBytes = Infinity }: CutRules = {}): string[][] {
  const sorted = [...new Set(ids)].sort().map(hashed);
  const fits = (run: Hashed[]) => run.length <= max && urlBytes(run) <= maxUrlBytes;
  return runsOf(sorted, modulus).flatMap((run) => cutLong(run, fits));
}

function hashed(id: string): Hashed {
  return { id, hash: createHash('sha256').update(id).digest().readUIntBE(26, 6), bytes: encodedBytes(id) };
}

/** As a query is encoded: brackets and quotes count three. */
function encodedBytes(id: string): number {
  return new URLSearchParams([['', id]]).toString().length - 1;
}

function runsOf(ids: Hashed[], modulus: number): Hashed[][] {
  const runs: Hashed[][] = [];
  let run: Hashed[] = [];
  for (const id of ids) {
    run.push(id);
    if (id.hash % modulus !== 0) continue;
    runs.push(run);
    run = [];
  }
  return run.length === 0 ? runs : [...runs, run];
}

function cutLong(run: Hashed[], fits: (run: Hashed[]) => boolean): string[][] {
  if (run.length === 1 || fits(run)) return [run.map(({ id }) => id)];
  const cut = smallestHash(run) + 1;
  return [...cutLong(run.slice(0, cut), fits), ...cutLong(run.slice(cut), fits)];
}

/** The last id is left out: a cut after it would cut nothing. */
function smallestHash(run: Hashed[]): number {
  let smallest = 0;
  for (let index = 1; index < run.length - 1; index++) {
    if (run[index]!.hash < run[smallest]!.hash) smallest = index;
  }
  return smallest;
}

function urlBytes(run: Hashed[]): number {
  return run.reduce((sum, { bytes }) => sum + bytes, 0) + SEPARATOR_BYTES * (run.length - 1);
}
