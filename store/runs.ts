import type { Json } from '../dag/canonical';
import type { Cue } from '../dag/cues';
import { raw, sql } from '../dag/sql';
import { query, type Database } from './database';

export type RunStatus = 'running' | 'paused' | 'sleeping' | 'blocked' | 'done' | 'failed' | 'cancelled' | 'lost';
export type StepAction = 'hit' | 'ran' | 'failed' | 'blocked' | 'skipped' | 'waiting' | 'running';

export interface NewRun {
  readonly study: string;
  readonly studyDigest: string;
  readonly resolved: Json;
  readonly places: Readonly<Record<string, string>>;
  readonly vintage: string;
  readonly options: RunOptions;
  readonly trigger: string;
  readonly build: string;
  readonly workflowId: string;
  /** Left out by a command, which records the run before its workflow begins. */
  readonly execution?: string;
}

export interface RunOptions {
  readonly force: readonly string[];
  readonly offline: boolean;
  /** Ids of the steps that may run; left out when all may. */
  readonly scope?: readonly string[];
}

export interface RunRow {
  readonly id: number;
  readonly study: string;
  readonly study_digest: string;
  readonly resolved: Json;
  readonly places: Readonly<Record<string, string>>;
  /** Where the services of this run are; a simulator has another port after each start. */
  readonly services: Readonly<Record<'openalex' | 'eutils' | 'bulk' | 'snapshot', string>> | null;
  readonly vintage: string;
  readonly options: RunOptions;
  readonly trigger: string;
  readonly build: string;
  readonly workflow_id: string;
  /** Temporal's run id of the execution that drives it; null until its first plan. */
  readonly execution: string | null;
  /** Done, but some steps were left out that are not current: the plain views stay where they are. */
  readonly partial: boolean;
  readonly fingerprint: string | null;
  readonly status: RunStatus;
  /** Kept by gc whatever comes. */
  readonly pinned: boolean;
  readonly message: string | null;
  readonly started: Date;
  readonly finished: Date | null;
}

/** A run without its study, which may be megabytes: what is asked often. */
export type RunState = Omit<RunRow, 'resolved' | 'places'>;

const STATE = raw(
  'id, study, study_digest, services, vintage, options, trigger, build, workflow_id, execution, partial, fingerprint, status, pinned, message, started, finished',
);

const UNIQUE_VIOLATION = '23505';

/** Records a run and takes its study's lock; null when another run of the study is active. */
export async function startRun(database: Database, run: NewRun): Promise<RunRow | null> {
  try {
    const [row] = await query<RunState>(
      database,
      sql`insert into store.run (study, study_digest, resolved, places, vintage, options, trigger, build, workflow_id, execution, status)
          select ${run.study}, ${run.studyDigest}, ${JSON.stringify(run.resolved)}::jsonb, ${JSON.stringify(run.places)}::jsonb, ${run.vintage}, ${JSON.stringify(run.options)}::jsonb, ${run.trigger}, ${run.build}, ${run.workflowId}, ${run.execution ?? null}, 'running'
          where not exists (select from store.run where study = ${run.study} and status in ('running','paused','sleeping','blocked'))
          returning ${STATE}`,
    );
    return row === undefined ? null : { ...row, resolved: run.resolved, places: run.places };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === UNIQUE_VIOLATION) return null;
    throw error;
  }
}

export async function readRun(database: Database, id: number): Promise<RunRow | null> {
  const [row] = await query<RunRow>(database, sql`select ${STATE}, resolved, places from store.run where id = ${id}`);
  return row ?? null;
}

export async function readRunState(database: Database, id: number): Promise<RunState | null> {
  const [row] = await query<RunState>(database, sql`select ${STATE} from store.run where id = ${id}`);
  return row ?? null;
}

/** The study of a run, which may be megabytes. */
export async function readStudy(database: Database, id: number): Promise<Json> {
  const [row] = await query<{ resolved: Json }>(database, sql`select resolved from store.run where id = ${id}`);
  return row!.resolved;
}

/** Where the files of a run's study lie, by their digest. */
export async function readPlaces(database: Database, id: number): Promise<RunRow['places']> {
  const [row] = await query<Pick<RunRow, 'places'>>(database, sql`select places from store.run where id = ${id}`);
  return row!.places;
}

export async function activeRun(database: Database, study: string): Promise<RunRow | null> {
  const [row] = await query<RunRow>(
    database,
    sql`select ${STATE}, resolved, places from store.run where study = ${study} and status in ('running','paused','sleeping','blocked')`,
  );
  return row ?? null;
}

export async function listRuns(database: Database, study: string, limit = 50): Promise<RunState[]> {
  return query<RunState>(database, sql`select ${STATE} from store.run where study = ${study} order by id desc limit ${limit}`);
}

/** Closes a run and frees its study's lock. A run that is closed already stays as it is. What had not begun is noted as skipped. */
export async function finishRun(database: Database, id: number, status: RunStatus, message: string | null): Promise<void> {
  const closed = await query(
    database,
    sql`update store.run set status = ${status}, message = ${message}, finished = clock_timestamp(),
          partial = ${status} = 'done' and exists (select from store.run_step where run = ${id} and action = 'skipped')
        where id = ${id} and status in ('running','paused','sleeping','blocked') returning id`,
  );
  if (status === 'done' || closed.length === 0) return;
  await query(
    database,
    sql`update store.run_step set action = 'skipped', until = null, message = coalesce(message, ${`the run was ${status}`})
        where run = ${id} and action in ('running', 'waiting', 'blocked')`,
  );
}

/** Keeps a run's results from being collected, or no longer. */
export async function pinRun(database: Database, id: number, pinned: boolean): Promise<void> {
  await query(database, sql`update store.run set pinned = ${pinned} where id = ${id}`);
}

/** Tells the workers of a run where its services are. */
export async function setServices(database: Database, id: number, services: NonNullable<RunRow['services']>): Promise<void> {
  await query(database, sql`update store.run set services = ${JSON.stringify(services)}::jsonb where id = ${id}`);
}

/** What a live run does: it works, or it waits for a time or for a person. A run that is closed stays closed. */
export type LiveStatus = 'running' | 'paused' | 'sleeping' | 'blocked';

export async function markRun(database: Database, id: number, status: LiveStatus, message: string | null = null): Promise<void> {
  await query(
    database,
    sql`update store.run set status = ${status}, message = ${message} where id = ${id} and status in ('running', 'paused', 'sleeping', 'blocked')`,
  );
}

/** Why a step of a live run does not go on: until a time, or until a person lets it. */
export interface Hold {
  /** ISO 8601; null when a person must act. */
  readonly until: string | null;
  readonly message: string;
}

/** Notes that a step is held, or (null) that it goes on. */
export async function holdStep(database: Database, run: number, step: string, hold: Hold | null): Promise<void> {
  const action: StepAction = hold !== null && hold.until === null ? 'blocked' : 'running';
  await query(
    database,
    sql`update store.run_step set action = ${action}, until = ${hold?.until ?? null}::timestamptz, message = ${hold?.message ?? null}
        where run = ${run} and step = ${step} and action in ('running', 'blocked')`,
  );
}

/**
 * Makes a workflow execution the one that drives a run. Only the first to ask gets it, or, when `instead` names the one that has it
 * and is gone, its successor.
 */
export async function driveRun(
  database: Database,
  id: number,
  by: { workflowId: string; execution: string; instead: string | null },
): Promise<boolean> {
  const rows = await query(
    database,
    sql`update store.run set execution = ${by.execution}, workflow_id = ${by.workflowId}
        where id = ${id} and finished is null and (execution = ${by.execution} or execution is not distinct from ${by.instead})
          and (execution is not null or workflow_id = ${by.workflowId}) returning id`,
  );
  return rows.length > 0;
}

export async function isPaused(database: Database, id: number): Promise<boolean> {
  const rows = await query(database, sql`select from store.run where id = ${id} and status = 'paused'`);
  return rows.length > 0;
}

export async function setFingerprint(database: Database, id: number, fingerprint: string): Promise<void> {
  await query(database, sql`update store.run set fingerprint = coalesce(fingerprint, ${fingerprint}) where id = ${id}`);
}

export interface RunStepUpdate {
  readonly step: string;
  readonly action: StepAction;
  readonly key: string | null;
  readonly cues: readonly Cue[];
  readonly result: number | null;
  readonly shardsHit: number;
  /** Why a step is skipped. */
  readonly message?: string | null;
}

/** Writes what the plan says of many steps at once. Steps that have begun in this run are left alone. */
export async function recordPlan(database: Database, run: number, steps: readonly RunStepUpdate[]): Promise<void> {
  await query(
    database,
    sql`insert into store.run_step (run, step, action, key, cues, result, shards_hit, message)
        select ${run}, step, action, key, cues, result, "shardsHit", message
        from jsonb_to_recordset(${JSON.stringify(steps)}::jsonb) as plan(step text, action text, key text, cues jsonb, result int, "shardsHit" int, message text)
        on conflict (run, step) do update set action = excluded.action, key = excluded.key, cues = excluded.cues, result = excluded.result, shards_hit = excluded.shards_hit, message = excluded.message
        where run_step.action = 'waiting' or (run_step.action = 'skipped' and run_step.started is null)`,
  );
}

export async function beginStep(database: Database, run: number, step: string, result: number, shardsHit: number): Promise<void> {
  await query(
    database,
    sql`update store.run_step set action = 'running', result = ${result}, started = coalesce(started, clock_timestamp()), shards_hit = case when started is null then ${shardsHit} else shards_hit end where run = ${run} and step = ${step}`,
  );
}

export async function endStep(
  database: Database,
  run: number,
  step: string,
  end: { action: StepAction; message: string | null },
): Promise<void> {
  await query(
    database,
    sql`update store.run_step set action = ${end.action}, message = ${end.message}, until = null, finished = clock_timestamp() where run = ${run} and step = ${step}`,
  );
}

/** The newest run whose steps are all current: what the plain views show. */
export async function latestGoodRun(database: Database, study: string): Promise<RunState | null> {
  const [row] = await query<RunState>(
    database,
    sql`select ${STATE} from store.run where study = ${study} and status = 'done' and not partial order by id desc limit 1`,
  );
  return row ?? null;
}
