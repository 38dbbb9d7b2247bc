import { readSource, type SourceRecord } from '../../clients/openalex/records';
import { wantedRecords } from '../../clients/openalex/snapshot/part';
import { SnapshotFileError } from '../../clients/openalex/snapshot/part-error';
import { conferenceLines } from '../../clients/openalex/snapshot/sought';
import { manifestOf, openPart } from '../../clients/openalex/snapshot/source';
import { sql, type Relation, type Sql } from '../../dag/sql';
import type { Services } from '../services';
import { filename, type LocalPart, type ReadRows } from './snapshot-thread';
import { inThread } from './threads';

/** A row of `source/openalex-parts`, as a shard gets it. */
interface PartRow {
  readonly name: string;
  readonly path: string;
  readonly bytes: number | string;
  readonly records: number;
}

interface Reading {
  readonly shard: { readonly value: unknown };
  readonly services: Services;
  readonly signal: AbortSignal;
}

/**
 * Reads the part file of a shard in a thread. What was fetched for it is removed.
 * @throws SnapshotFileError when the part is damaged or not that of the manifest: nothing of it counts then
 */
export async function readPart<Task, Row>(
  { shard, services, signal }: Reading,
  run: (task: Task & { part: LocalPart }) => Promise<ReadRows<Row>>,
  task: Task,
): Promise<Row[]> {
  const row = shard.value as PartRow;
  const { path: at, release } = await services.snapshot.local({ ...row, bytes: Number(row.bytes) }, signal);
  try {
    const part = { at, path: row.path, records: row.records };
    const read = await inThread({ filename, run }, { ...task, part }, signal);
    if ('refused' in read) throw new SnapshotFileError(read.refused, row.path, read.offset);
    return read.rows;
  } finally {
    await release();
  }
}

/** The sources of type conference in the snapshot. They are few, so their parts are read one after the other. */
export async function storedConferences(services: Services, signal: AbortSignal): Promise<SourceRecord[]> {
  const { parts } = await manifestOf(services.snapshot, 'sources', signal);
  const found: SourceRecord[] = [];
  for (const value of parts) {
    const { path, release } = await services.snapshot.local(value, signal);
    for await (const records of wantedRecords(openPart(path, value), conferenceLines())) {
      found.push(...records.map(readSource).filter(({ type }) => type === 'conference'));
      signal.throwIfAborted();
    }
    await release();
  }
  return found;
}

/** Why a record of the snapshot does not count, as in lists of the API: it leaves out works that are gone, and expansion works. */
export const leftOut = (gone: ReadonlySet<string>, { id, isExpansion }: { id: string; isExpansion: boolean }): string | null =>
  gone.has(id) ? 'gone' : isExpansion ? 'expansion' : null;

/** Which of these works are merged or deleted. */
export async function goneAmong(
  query: <T>(statement: Sql) => Promise<T[]>,
  gone: Relation,
  works: readonly string[],
): Promise<Set<string>> {
  const rows = await query<{ work: string }>(sql`select work from ${gone} as gone where work = any(${[...works]}::text[])`);
  return new Set(rows.map((row) => row.work));
}

/** One value for each key, the last key only: what a worker's shards read alike is made once, and never kept for another run's rows. */
export function lastMade<T>(): (key: string, make: () => Promise<T>) => Promise<T> {
  let known: { key: string; value: Promise<T> } | null = null;
  return (key, make) => {
    if (known?.key !== key) {
      const value = make();
      known = { key, value };
      value.catch(() => (known = null));
    }
    return known.value;
  };
}
