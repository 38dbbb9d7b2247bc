import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import * as core from '../../clients/rankings/core';
import { conferenceFaults, journalFaults, type ReadFile } from '../../clients/rankings/faults';
import * as jcr from '../../clients/rankings/jcr';
import type { JournalRow } from '../../clients/rankings/rows';
import * as scimago from '../../clients/rankings/scimago';
import type { FileRef, Study } from '../../config/study';

type Locate = (sha256: string) => Promise<string>;
type Rank = Study['rank'];

/** The journal rankings that the user put in place. @throws Error naming the file and line that is none */
export async function readJournalFiles(
  { journals, metric, journalFiles }: Pick<Rank, 'journals' | 'metric' | 'journalFiles'>,
  locate: Locate,
): Promise<ReadFile<JournalRow>[]> {
  const parse = (text: string, name: string) =>
    journals === 'jcr' ? jcr.parse(text, name) : scimago.parse(text, name, metric === 'sjr' ? 'sjr' : 'cites-per-doc-2y');
  return eachFile(journalFiles, locate, parse);
}

/** The CORE rankings in place. @throws Error naming the file and line that is none */
export async function readConferenceFiles({ coreFiles }: Pick<Rank, 'coreFiles'>, locate: Locate): Promise<ReadFile<core.CoreRow>[]> {
  return eachFile(coreFiles, locate, core.parse);
}

/** @throws Error with every fault: a ranking of another year or edition is none for this study */
export function refuseFaults(faults: readonly string[]): void {
  if (faults.length > 0) throw new Error(faults.join('\n'));
}

export { conferenceFaults, journalFaults };

async function eachFile<Read extends object>(
  files: readonly FileRef[],
  locate: Locate,
  parse: (text: string, name: string) => Read,
): Promise<(Read & { name: string })[]> {
  const read: (Read & { name: string })[] = [];
  for (const { name, sha256 } of files) {
    const bytes = await readFile(await locate(sha256));
    const text = (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
    read.push({ ...parse(text, name), name });
  }
  return read;
}
