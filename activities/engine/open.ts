import { sql } from '../../dag/sql';
import { query } from '../../store/database';
import { openResult } from '../../store/results';
import { beginStep } from '../../store/runs';
import { runResults } from '../../store/run-results';
import { openRun, type Engine } from './context';
import { runIsOver } from './drive';
import { planRun } from './plan';
import type { OpenedStep, ShardGroup } from './types';

/** An activity should hold a few seconds of work: more is lost with a killed worker, less costs a round trip each. */
const GROUP_SECONDS = 3;
/** The claim, the way to the database and back: what even the quickest shard takes. */
const LEAST_SECONDS = 0.004;
/** A killed worker's claims of a group all wait for their lease. */
const MOST_SHARDS_PER_GROUP = 512;
/** Of shards whose time nobody knows: those of a group are worked on one after the other, until its time is up. */
const SHARDS_TO_TRY = 64;
/** Activities that a step keeps in flight (workflows/run-step.ts): as many groups at least, if there are shards for them. */
const LANES = 16;
/** So many groups stay below the payload limit with their labels. */
const GROUPS_PER_WINDOW = 100;

/** Makes the step's result and shards ready to be worked on and cuts what is open into groups. Idempotent. */
export async function openStep(engine: Engine, run: number, stepId: string): Promise<OpenedStep> {
  const opened = await openRun(engine, run);
  if (opened.row.finished !== null) throw runIsOver(opened.row);
  const step = engine.graph.byId.get(stepId)!;
  const plan = await planRun(engine, opened, { before: await runResults(engine.database, run), cut: new Set([stepId]) });
  const planned = plan.find((item) => item.step === stepId)!;
  if (planned.key === null)
    throw new Error(`Expected all inputs of ${stepId} to be sealed, got some that are not. Start the rebuild again.`);
  const forced = opened.row.options.force.includes(stepId);
  const { result, total, open } = await openResult(engine.database, run, step, planned, forced);
  await beginStep(engine.database, run, stepId, result, total - open.length);
  const size = Math.min(await shardsPerGroup(engine, stepId), Math.ceil(open.length / LANES));
  const groups = groupsOf(open, Math.max(1, size));
  const window = groups.slice(0, GROUPS_PER_WINDOW);
  return { result, total, open: open.length, groups: await labelled(engine, result, window), more: groups.length > window.length };
}

/** Neighbouring open ordinals, at most `size` of them; a done shard between two does no harm. */
export function groupsOf(open: readonly number[], size: number): { from: number; to: number }[] {
  const groups: { from: number; to: number }[] = [];
  for (let start = 0; start < open.length; start += size) {
    groups.push({ from: open[start]!, to: open[Math.min(start + size, open.length) - 1]! });
  }
  return groups;
}

async function shardsPerGroup({ database }: Engine, step: string): Promise<number> {
  const [row] = await query<{ seconds: number | null }>(
    database,
    sql`select avg(seconds) as seconds from (select seconds from store.shard where step = ${step} and state = 'done' order by finished desc limit 200) as recent`,
  );
  if (row?.seconds == null) return SHARDS_TO_TRY;
  return Math.min(MOST_SHARDS_PER_GROUP, Math.max(1, Math.round(GROUP_SECONDS / Math.max(row.seconds, LEAST_SECONDS))));
}

async function labelled({ database }: Engine, result: number, groups: readonly { from: number; to: number }[]): Promise<ShardGroup[]> {
  const ordinals = groups.flatMap(({ from, to }) => [from, to]);
  const names = await query<{ ordinal: number; name: string }>(
    database,
    sql`select ordinal, task->>'name' as name from store.result_shard join store.shard on id = shard where result = ${result} and ordinal = any(${ordinals}::int[])`,
  );
  const nameOf = new Map(names.map(({ ordinal, name }) => [ordinal, name.slice(0, 40)]));
  return groups.map(({ from, to }) => ({ from, to, label: from === to ? nameOf.get(from)! : `${nameOf.get(from)!} … ${nameOf.get(to)!}` }));
}
