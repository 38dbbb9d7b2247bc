import { openStep } from '../../activities/engine/open';
import { advance } from '../../activities/engine/plan';
import type { Engine } from '../../activities/engine/context';
import { loadGraph } from '../../activities/registry';
import { loadStudy } from '../../config/load';
import type { Settings } from '../../config/settings';
import type { Json } from '../../dag/canonical';
import { buildGraph, type Graph } from '../../dag/graph';
import { each } from '../../dag/shards';
import type { Database } from '../../store/database';
import { startRun } from '../../store/runs';
import { TestPostgres } from '../postgres';
import { aRun } from './example';

/** A workflow's history keeps every payload: see activities/engine/types.ts. */
const LIMIT = 16 * 1024;

let postgres: TestPostgres;
let database: Database;
let run: number;
beforeAll(async () => {
  postgres = await TestPostgres.start();
  database = await postgres.database();
  const { study } = await loadStudy('ai-life-science', { missingFiles: 'list' });
  run = (await startRun(database, aRun({ resolved: study as unknown as Json })))!.id;
});
afterAll(() => postgres.close());

function engineOf(graph: Graph): Engine {
  const codes = new Map(graph.order.map(({ id }) => [id, { digest: id, parts: {} }]));
  return { database, graph, codes, settings: {} as Settings, alive: () => Promise.resolve(true) };
}
const bytes = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

test('a plan with every step of the program ready, and the longest cues, is a small payload', async () => {
  const steps = loadGraph().order.map((step) => ({ ...step, inputs: {}, sharded: false }));
  const told = await advance(engineOf(buildGraph(steps)), run);
  expect(told.ready).toHaveLength(steps.length);
  const longest = told.ready.map((ready) => ({ ...ready, cue: 'x'.repeat(100) }));
  expect(bytes({ ...told, ready: longest })).toBeLessThan(LIMIT);
});

test('an opened step with a full window of groups and the longest labels is a small payload', async () => {
  const long = (index: number): string => `10.1000/${String(index).padStart(4, '0')}-${'x'.repeat(50)}–10.1000/${'y'.repeat(50)}`;
  const names = Array.from({ length: 150 }, (_, index) => long(index));
  const [source] = loadGraph().order;
  const step = { ...source!, inputs: {}, sharded: true, shards: () => [each(names)] };
  const engine = engineOf(buildGraph([step]));
  await advance(engine, run);
  // A step known to be slow: each of its shards is a group.
  await database.pool.query(
    `insert into store.shard (step, shard_key, key_text, task, relation, state, seconds, finished) values ($1, 'slow', '{}', '{}', '', 'done', 60, now())`,
    [step.id],
  );
  const opened = await openStep(engine, run, step.id);
  expect(opened).toMatchObject({ total: 150, open: 150, more: true });
  expect(opened.groups).toHaveLength(100);
  // With two names to a label, as where a group holds several shards, and large ordinals.
  const groups = opened.groups.map(({ label }) => ({ from: 1_000_000, to: 1_000_063, label: `${label} … ${label}` }));
  expect(bytes({ ...opened, groups })).toBeLessThan(LIMIT);
});
