import { stepKey } from '../../dag/key';
import { keyParts } from '../../dag/plan';
import { sql } from '../../dag/sql';
import type { AnyStep } from '../../dag/step';
import { shardsOf } from '../../dag/step-shards';
import { cutShards } from '../../store/cut';
import { query } from '../../store/database';
import { openResult } from '../../store/results';
import { beginStep } from '../../store/runs';
import { runResults, type RunResult } from '../../store/run-results';
import { openGroups, type OpenGroup } from '../../store/result-shards';
import { openRun, type Engine, type OpenRun } from './context';
import { runIsOver } from './drive';
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
const MOST_NAME = 40;

/** Makes the step's result and shards ready to be worked on and cuts what is open into groups. Idempotent. */
export async function openStep(engine: Engine, run: number, stepId: string): Promise<OpenedStep> {
  const { database } = engine;
  const opened = await openRun(engine, run);
  if (opened.row.finished !== null) throw runIsOver(opened.row);
  const step = engine.graph.byId.get(stepId)!;
  const { parts, shards } = await wantedOf(engine, opened, step);
  const forced = opened.row.options.force.includes(stepId);
  const { result, total, open } = await openResult(database, { ...stepKey(parts), run, step, forced }, shards);
  await beginStep(database, run, stepId, result, total - open);
  const size = Math.max(1, Math.min(await shardsPerGroup(engine, stepId), Math.ceil(open / LANES)));
  const groups = await openGroups(database, result, { size, most: GROUPS_PER_WINDOW });
  return { result, total, open, groups: groups.map(labelled), more: open > size * GROUPS_PER_WINDOW };
}

/** What the step is made from, as the run points at its inputs, and the pieces of work in that. */
async function wantedOf(engine: Engine, { row, study }: OpenRun, step: AnyStep) {
  const ended = new Map((await runResults(engine.database, row.id)).filter(isSealed).map((view) => [view.step, view]));
  const inputs = Object.entries(step.inputs).map(([name, { id }]) => [name, ended.get(id)] as const);
  const digests = Object.fromEntries(inputs.map(([name, input]) => [name, input?.digest ?? null]));
  const parts = keyParts(step, { study, codes: engine.codes, vintage: row.vintage }, digests);
  if (parts === null) throw new Error(`Expected all inputs of ${step.id} to be sealed, got some that are not. Start the rebuild again.`);
  const results = Object.fromEntries(inputs.map(([name, input]) => [name, { result: input!.result! }]));
  return { parts, shards: shardsOf(step, parts, (sources) => cutShards(engine.database, step, sources, results)) };
}

function isSealed({ action }: RunResult): boolean {
  return action === 'hit' || action === 'ran';
}

async function shardsPerGroup({ database }: Engine, step: string): Promise<number> {
  const [row] = await query<{ seconds: number | null }>(
    database,
    sql`select avg(seconds) as seconds from (select seconds from store.shard where step = ${step} and state = 'done' order by finished desc limit 200) as recent`,
  );
  if (row?.seconds == null) return SHARDS_TO_TRY;
  return Math.min(MOST_SHARDS_PER_GROUP, Math.max(1, Math.round(GROUP_SECONDS / Math.max(row.seconds, LEAST_SECONDS))));
}

function labelled({ from, to, first, last }: OpenGroup): ShardGroup {
  const [begin, end] = [first.slice(0, MOST_NAME), last.slice(0, MOST_NAME)];
  return { from, to, label: from === to ? begin : `${begin} … ${end}` };
}
