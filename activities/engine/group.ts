import { activityInfo, cancellationSignal, heartbeat } from '@temporalio/activity';
import { ApplicationFailure, ApplicationFailureCategory, CancelledFailure } from '@temporalio/common';
import type { AnyStep } from '../../dag/step';
import { claimShards, openShards, renewLeases, type Claim, type ShardRow } from '../../store/shards';
import { isPaused } from '../../store/runs';
import { Batch } from './batch';
import { openRun, type Engine } from './context';
import { failureOf } from './failure';
import { inputTables, runShard } from './shard';
import type { GroupDone, GroupTask } from './types';

/** A killed worker's shards are free again after this; renewed with each heartbeat. */
export const LEASE_MS = 20_000;
const BEAT_MS = 2_000;
/** A group ends after so long with what it has done: groups are cut before anybody knows how long a shard takes. */
const BUDGET_MS = 5_000;
/** Between quick shards there is no need to ask each time whether the run is paused. */
const ASK_PAUSED_MS = 250;

/** The activity of a step: works through the open shards of a group, one after the other. */
export function stepActivity(engine: Engine, step: AnyStep) {
  return async (task: GroupTask): Promise<GroupDone> => {
    try {
      return await workThrough(engine, step, task);
    } catch (error) {
      throw failureOf(error, activityInfo().attempt);
    }
  };
}

async function workThrough(engine: Engine, step: AnyStep, task: GroupTask): Promise<GroupDone> {
  heartbeat('claim');
  const shards = await openShards(engine.database, task.result, task);
  const held = await Held.claim(engine, shards);
  try {
    const done = await workOn(engine, { step, task, shards: shards.filter(({ id }) => held.has(id)), held });
    if (!done.left) await refuseBusy(engine, task);
    return done;
  } finally {
    await held.release();
  }
}

interface Work {
  readonly step: AnyStep;
  readonly task: GroupTask;
  readonly shards: readonly ShardRow[];
  readonly held: Held;
}

async function workOn(engine: Engine, work: Work): Promise<GroupDone> {
  const batch = new Batch(engine.database, work.task.run);
  try {
    const done = await eachShard(engine, work, batch);
    await batch.flush();
    return done;
  } catch (error) {
    // What was finished before stays finished.
    await batch.flush().catch(() => undefined);
    throw error;
  }
}

async function eachShard(engine: Engine, { step, task, shards, held }: Work, batch: Batch): Promise<GroupDone> {
  const [opened, inputs] = await Promise.all([openRun(engine, task.run), inputTables(engine, step, task.run)]);
  const mayGoOn = pacer(engine, task.run);
  let [done, rows] = [0, 0];
  for (const shard of shards) {
    const { name } = shard.task;
    if (cancellationSignal().aborted) throw new CancelledFailure('cancelled between shards');
    if (!(await mayGoOn())) return { shards: done, rows, left: true };
    held.tell(name);
    const tell = (note: string): void => {
      held.tell(`${name}: ${note}`);
    };
    const claim = held.claimOf(shard.id);
    rows += await runShard(engine, { step, task, shard, opened, inputs, batch, claim, signal: cancellationSignal(), tell });
    done++;
  }
  return { shards: done, rows, left: false };
}

/** Says before each shard whether there is time for it and nobody has paused the run. The first one always has time. */
function pacer({ database }: Engine, run: number): () => Promise<boolean> {
  const started = Date.now();
  let [asked, first] = [0, true];
  return async () => {
    if (!first && Date.now() - started >= BUDGET_MS) return false;
    first = false;
    if (Date.now() - asked < ASK_PAUSED_MS) return true;
    asked = Date.now();
    return !(await isPaused(database, run));
  };
}

/** The shards that were not ours are done by now, or somebody else is at work on them: then come back. */
async function refuseBusy({ database }: Engine, task: GroupTask): Promise<void> {
  const [still] = await openShards(database, task.result, task);
  if (still === undefined) return;
  throw ApplicationFailure.create({
    type: 'ShardBusy',
    message: `${still.task.name} is held by another attempt`,
    nextRetryDelay: '5s',
    category: ApplicationFailureCategory.BENIGN,
  });
}

/** The claims of a group, kept alive by the heartbeat until they are released. */
class Held {
  #note = 'claim';
  readonly #beat: NodeJS.Timeout;

  private constructor(
    private readonly engine: Engine,
    private readonly claims: ReadonlyMap<number, Claim>,
  ) {
    this.#beat = setInterval(() => {
      heartbeat(this.#note);
      void renewLeases(engine.database, claims, LEASE_MS).catch(() => undefined);
    }, BEAT_MS);
  }

  static async claim(engine: Engine, shards: readonly ShardRow[]): Promise<Held> {
    const ids = shards.map(({ id }) => id);
    return new Held(engine, await claimShards(engine.database, ids, ownerOf(), LEASE_MS));
  }

  has(shard: number): boolean {
    return this.claims.has(shard);
  }

  claimOf(shard: number): Claim {
    return this.claims.get(shard)!;
  }

  tell(note: string): void {
    this.#note = note;
  }

  /** What was not worked on is free for the next group at once. */
  async release(): Promise<void> {
    clearInterval(this.#beat);
    await renewLeases(this.engine.database, this.claims, 0).catch(() => undefined);
  }
}

/** Equal across retries of one activity execution: a retry takes its own shards over at once, another run waits for the lease. */
function ownerOf(): string {
  const { namespace, workflowExecution, activityId } = activityInfo();
  return [namespace, workflowExecution?.workflowId, workflowExecution?.runId, activityId].join('/');
}
