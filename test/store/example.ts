import { Readable } from 'node:stream';
import type { Columns } from '../../dag/columns';
import { defineStep } from '../../dag/define';
import type { Key } from '../../dag/key';
import type { PlannedStep } from '../../dag/plan';
import { each, taskOfValue } from '../../dag/shards';
import type { AnyStep, Check } from '../../dag/step';
import type { Database } from '../../store/database';
import { openResult, type Opened } from '../../store/results';
import { finishRun, startRun, type NewRun, type RunRow } from '../../store/runs';
import { claimShard, finishShard, openShards, type Page, type ShardRow } from '../../store/shards';
import { keyOf } from '../postgres';

const step = defineStep<null, null>();
export const LEASE = 60_000;
export const COLUMNS = { pmid: ['integer', 'PubMed id'], title: ['text', "the article's title"] } as const satisfies Columns;

export function exampleStep(more: { id?: string; sharded?: boolean; output?: Columns; index?: string[]; checks?: Check[] } = {}): AnyStep {
  const { id = 'sample/articles', sharded = true, output = COLUMNS, index = [], checks = [] } = more;
  const shards = sharded ? { shards: () => each([2000]) } : {};
  return step<null, Record<never, never>, Columns>({
    id,
    doc: "A step's rows.",
    output,
    index,
    checks,
    run: () => Promise.resolve(),
    ...shards,
  });
}

/** A plan of a step with a shard per name. The same names and version have the same keys. */
export function planned({ id, sharded }: AnyStep, names: readonly string[], version = ''): PlannedStep & Key {
  const text = JSON.stringify({ code: 'c0de', params: null, inputs: {}, names, version });
  const shards = (sharded ? names : ['all']).map((name) => ({
    ...taskOfValue(name),
    key: keyOf(`${id} ${name} ${sharded ? version : text}`),
    keyText: text,
  }));
  const missing = shards.map(({ key }) => key);
  const parts = { code: {}, params: null, inputs: {}, vintage: null };
  return { step: id, key: keyOf(id + text), text, outline: '', action: 'run', cues: [], parts, sealed: null, shards, missing };
}

export const aRun = (more: Partial<NewRun> = {}): NewRun => ({
  study: 'paper',
  studyDigest: 'dd',
  resolved: { title: "a study's own" },
  places: {},
  vintage: '2024-07',
  options: { force: [], offline: false },
  trigger: 'test',
  build: 'b1',
  workflowId: 'rebuild:paper',
  ...more,
});

/** A run whose lock is free again, to hang results on. */
export async function closedRun(database: Database, more: Partial<NewRun> = {}): Promise<RunRow> {
  const run = (await startRun(database, aRun(more)))!;
  await finishRun(database, run.id, 'done', null);
  return run;
}

export type Rows = readonly Readonly<Record<string, unknown>>[];

export function pageOf(made: AnyStep, shard: ShardRow, { fence, rows = [] }: { fence: number; rows?: Rows }): Page {
  return { shard: shard.id, fence, table: shard.relation, columns: made.output, shardColumn: made.sharded ? shard.id : null, rows };
}

/** Works through the open shards of a result; `rowsOf` says what each one finds. Returns the names of those it worked on. */
export async function fill(database: Database, made: AnyStep, { result }: Opened, rowsOf: (name: string) => Rows): Promise<string[]> {
  const shards = await openShards(database, result, { from: 0, to: 1_000 });
  for (const shard of shards) {
    const claim = await claimShard(database, shard.id, 'filler', LEASE);
    await finishShard(database, pageOf(made, shard, { fence: claim!.fence, rows: rowsOf(shard.task.name) }), 0.5, 1);
  }
  return shards.map(({ task }) => task.name);
}

export function open(database: Database, { id: run }: RunRow, step: AnyStep, plan: PlannedStep & Key, forced = false): Promise<Opened> {
  const { key, text, shards } = plan;
  return openResult(database, { run, step, key, text, forced }, Readable.from(shards));
}
