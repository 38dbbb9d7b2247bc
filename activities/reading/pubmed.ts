import { setImmediate as breathe } from 'node:timers/promises';
import { downloadBulk } from '../../clients/pubmed/bulk';
import type { NamedFile } from '../../clients/pubmed/bulk-file';
import { fetchRecords } from '../../clients/pubmed/fetch';
import { PubmedFileError, readPubmed } from '../../clients/pubmed/read';
import type { PubmedItem } from '../../clients/pubmed/record';
import { sql } from '../../dag/sql';
import type { InputTable, StepRun } from '../../dag/step';
import type { Services } from '../services';
import { filename, type Read } from './pubmed-thread';
import { inThread } from './threads';

/** PMIDs of one EFetch. */
export const BATCH = 200;
/** Records read before heartbeats and other work get a turn. */
const BREATH = 50;
/** Records fetched singly are newer than any bulk file. */
const FETCHED = 1_000_000;

interface FileRow {
  readonly name: string;
  readonly route: string;
  readonly path: string;
  readonly digest: string;
  readonly seq: number;
}

type Run = Pick<
  StepRun<{ onBadFile: string }, never, never, Services>,
  'params' | 'shard' | 'services' | 'signal' | 'query' | 'progress'
> & {
  readonly inputs: { readonly windows: Pick<InputTable<never>, 'relation'> };
};

/** What a shard of a PubMed step gave: its rows, or why its file is refused. */
export interface Reading<T> {
  readonly name: string;
  readonly seq: number;
  readonly rows: readonly T[];
  readonly refused: string | null;
}

/** How a step reads a file, in a thread, and the few records of a batch, at once. `place` counts from 1. */
export interface Reader<Task, T> {
  readonly inFile: (task: Task & { file: NamedFile }) => Promise<Read<T>>;
  readonly task: Task;
  readonly take: (item: PubmedItem, place: number) => T | null;
}

/**
 * Reads a shard: a file, or a batch of PMIDs by EFetch. Cut by `files.eachRow` and `windows.eachBatch`. A file is taken whole or not at
 * all: what came before a fault does not count.
 * @throws PubmedFileError unless the study says to skip bad files
 */
export async function readShard<Task, T>(run: Run, reader: Reader<Task, T>): Promise<Reading<T>> {
  if (run.shard.input === 'windows') return { name: run.shard.name, seq: FETCHED, rows: await readBatch(run, reader), refused: null };
  const row = run.shard.value as unknown as FileRow;
  const { name, seq } = row;
  const file = { path: await pathOf(run, row), name };
  const read = await inThread({ filename, run: reader.inFile }, { ...reader.task, file }, run.signal);
  if (!('refused' in read)) {
    run.progress(read.unusual === null ? `${read.rows.length} rows` : `read in full: ${read.unusual}`);
    return { name, seq, rows: read.rows, refused: null };
  }
  if (run.params.onBadFile !== 'skip') throw new PubmedFileError(read.refused, name, read.offset);
  return { name, seq, rows: [], refused: read.refused };
}

async function readBatch<Task, T>(run: Run, { take }: Reader<Task, T>): Promise<T[]> {
  const rows: T[] = [];
  let place = 0;
  for await (const item of fetched(run)) {
    if (++place % BREATH === 0) await breathe();
    const row = take(item, place);
    if (row !== null) rows.push(row);
  }
  return rows;
}

async function pathOf({ services, signal }: Run, file: FileRow): Promise<string> {
  if (file.route === 'files') return services.file(file.digest);
  const folder = file.path.includes('updatefiles') ? 'updatefiles' : 'baseline';
  const wanted = { name: file.name, folder, path: file.path, md5: file.digest } as const;
  return (await downloadBulk(services.fetcher, wanted, { shelf: await services.shelf(), signal })).path;
}

async function* fetched({ shard, services, signal, query, inputs }: Run): AsyncGenerator<PubmedItem> {
  const { from, to } = shard.value as unknown as { from: number; to: number };
  const found = await query<{ pmid: number }>(
    sql`select distinct pmid from ${inputs.windows} as windows where pmid between ${from} and ${to} order by 1`,
  );
  const { xml } = await fetchRecords(
    services.fetcher,
    found.map((row) => row.pmid),
    { signal },
  );
  yield* readPubmed(xml, `EFetch ${shard.name}`);
}
