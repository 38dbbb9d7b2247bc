import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { setImmediate as breathe } from 'node:timers/promises';
import { downloadBulk } from '../../clients/pubmed/bulk';
import { fetchRecords } from '../../clients/pubmed/fetch';
import { PubmedFileError, readPubmed } from '../../clients/pubmed/read';
import type { PubmedItem } from '../../clients/pubmed/record';
import { sql } from '../../dag/sql';
import type { InputTable, StepRun } from '../../dag/step';
import type { Services } from '../services';

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

export interface Source {
  readonly name: string;
  readonly seq: number;
  readonly items: AsyncIterable<PubmedItem>;
}

type Reading = Pick<StepRun<{ onBadFile: string }, never, never, Services>, 'params' | 'shard' | 'services' | 'signal' | 'query'> & {
  readonly inputs: { readonly windows: Pick<InputTable<never>, 'relation'> };
};

/** What a shard of a PubMed step reads: a file, or a batch of PMIDs by EFetch. Cut by `files.eachRow` and `windows.eachBatch`. */
export async function openSource(run: Reading): Promise<Source> {
  const { shard } = run;
  if (shard.input === 'windows') return { name: shard.name, seq: FETCHED, items: breathing(fetched(run)) };
  const file = shard.value as unknown as FileRow;
  return { name: file.name, seq: file.seq, items: breathing(await fileItems(run, file)) };
}

/**
 * All items of a shard, or why its file is refused. A file is taken whole or not at all: what came before a fault does not count.
 * @throws PubmedFileError unless the study says to skip bad files
 */
export async function readWhole<T>(
  run: Reading,
  take: (item: PubmedItem, source: Source) => T | null,
): Promise<{ rows: T[]; refused: string | null; source: Source }> {
  const source = await openSource(run);
  const rows: T[] = [];
  try {
    for await (const item of source.items) {
      const row = take(item, source);
      if (row !== null) rows.push(row);
    }
    return { rows, refused: null, source };
  } catch (error) {
    if (!(error instanceof PubmedFileError) || run.params.onBadFile !== 'skip') throw error;
    return { rows: [], refused: error.message, source };
  }
}

async function fileItems({ services, signal }: Reading, file: FileRow): Promise<AsyncIterable<PubmedItem>> {
  if (file.route === 'files') return readPubmed(createReadStream(await services.file(file.digest)), file.name);
  const folder = file.path.includes('updatefiles') ? 'updatefiles' : 'baseline';
  const saved = await downloadBulk(
    services.fetcher,
    { name: file.name, folder, path: file.path, md5: file.digest },
    { dir: await services.keep(), signal },
  );
  return readPubmed(await readFile(saved.path), file.name);
}

async function* fetched({ shard, services, signal, query, inputs }: Reading): AsyncGenerator<PubmedItem> {
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

async function* breathing<T>(items: AsyncIterable<T>): AsyncGenerator<T> {
  let count = 0;
  for await (const item of items) {
    if (++count % BREATH === 0) await breathe();
    yield item;
  }
}
