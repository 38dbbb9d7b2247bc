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
}

export interface RunOptions {
  readonly force: readonly string[];
  readonly offline: boolean;
}

export interface RunRow {
  readonly id: number;
  readonly study: string;
  readonly study_digest: string;
  readonly resolved: Json;
  readonly places: Readonly<Record<string, string>>;
  /** Where the services of this run are; a simulator has another port after each start. */
  readonly services: Readonly<Record<'openalex' | 'eutils' | 'bulk', string>> | null;
  readonly vintage: string;
  readonly options: RunOptions;
  readonly trigger: string;
  readonly build: string;
  readonly workflow_id: string;
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
  'id, study, study_digest, services, vintage, options, trigger, build, workflow_id, fingerprint, status, message, started, finished',
);

const UNIQUE_VIOLATION = '23505';

/** Records a run and takes its study's lock; null when another run of the study is active. */
export async function startRun(database: Database, run: NewRun): Promise<RunRow | null> {
  try {
    const [row] = await query<RunState>(
      database,
      sql`insert into store.run (study, study_digest, resolved, places, vintage, options, trigger, build, workflow_id, status)
          select ${run.study}, ${run.studyDigest}, ${JSON.stringify(run.resolved)}::jsonb, ${JSON.stringify(run.places)}::jsonb, ${run.vintage}, ${JSON.stringify(run.options)}::jsonb, ${run.trigger}, ${run.build}, ${run.workflowId}, 'running'
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

/** Closes a run and frees its study's lock. A run that is closed already stays as it is. */
export async function finishRun(database: Database, id: number, status: RunStatus, message: string | null): Promise<void> {
  const closed = await query(
    database,
    sql`update store.run set status = ${status}, message = ${message}, finished = clock_timestamp() where id = ${id} and status in ('running','paused','sleeping','blocked') returning id`,
  );
  if (status === 'done' || closed.length === 0) return;
  await query(database, sql`update store.run_step set action = 'skipped' where run = ${id} and action in ('running', 'waiting')`);
}

/** Keeps a run's results from being collected, or no longer. */
export async function pinRun(database: Database, id: number, pinned: boolean): Promise<void> {
  await query(database, sql`update store.run set pinned = ${pinned} where id = ${id}`);
}

/** Tells the workers of a run where its services are. */
export async function setServices(database: Database, id: number, services: NonNullable<RunRow['services']>): Promise<void> {
  await query(database, sql`update store.run set services = ${JSON.stringify(services)}::jsonb where id = ${id}`);
}

/** Moves a live run between running and paused; a run that is closed stays closed. */
export async function markRun(database: Database, id: number, status: 'running' | 'paused'): Promise<void> {
  await query(database, sql`update store.run set status = ${status} where id = ${id} and status in ('running', 'paused')`);
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
}

/** Writes what the plan says of many steps at once. Steps that ran or failed in this run are left alone. */
export async function recordPlan(database: Database, run: number, steps: readonly RunStepUpdate[]): Promise<void> {
  await query(
    database,
    sql`insert into store.run_step (run, step, action, key, cues, result, shards_hit)
        select ${run}, step, action, key, cues, result, "shardsHit"
        from jsonb_to_recordset(${JSON.stringify(steps)}::jsonb) as plan(step text, action text, key text, cues jsonb, result int, "shardsHit" int)
        on conflict (run, step) do update set action = excluded.action, key = excluded.key, cues = excluded.cues, result = excluded.result, shards_hit = excluded.shards_hit
        where run_step.action = 'waiting'`,
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
    sql`update store.run_step set action = ${end.action}, message = ${end.message}, finished = clock_timestamp() where run = ${run} and step = ${step}`,
  );
}

/** The newest run whose steps are all current: what the plain views show. */
export async function latestGoodRun(database: Database, study: string): Promise<RunState | null> {
  const [row] = await query<RunState>(
    database,
    sql`select ${STATE} from store.run where study = ${study} and status = 'done' order by id desc limit 1`,
  );
  return row ?? null;
}
