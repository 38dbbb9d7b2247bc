/** What crosses the workflow boundary: ids, counts and short texts, never rows. A test holds every payload below 16 KiB. */
export interface ReadyStep {
  readonly step: string;
  readonly queue: string;
  /** The step's sentence and its first cue, for the Temporal UI. */
  readonly title: string;
  readonly cue: string;
}

/** What a workflow is asked to rebuild: a run that a command has recorded, or the study of a schedule. */
export interface RunWish {
  readonly run?: number;
  readonly study?: string;
}

export interface Advance {
  /** The run this workflow drives; another than it was asked for when that one is over. */
  readonly run: number;
  readonly study: string;
  readonly ready: readonly ReadyStep[];
  /** Steps that are current without work of this run. */
  readonly hits: number;
  /** Steps that may still run, now or later, and are not ready yet. */
  readonly waiting: readonly string[];
  /** Steps that this run leaves out, or that a failed one stopped. */
  readonly skipped: readonly string[];
  readonly failed: readonly string[];
  /** Every step is current and the views stand where they should: nothing is left to do. */
  readonly settled: boolean;
  /** What the run's requests cost so far, US dollars. */
  readonly usd: number;
}

/** A step that does not go on: until a time (ISO 8601), or, when that is null, until a person lets it. */
export interface Held {
  readonly until: string | null;
  readonly message: string;
}

export interface ShardGroup {
  readonly from: number;
  readonly to: number;
  readonly label: string;
}

export interface OpenedStep {
  readonly result: number;
  readonly total: number;
  readonly open: number;
  /** A window of the groups that have work; when `more`, open again after them. */
  readonly groups: readonly ShardGroup[];
  readonly more: boolean;
}

export interface GroupTask {
  readonly run: number;
  readonly step: string;
  readonly result: number;
  readonly from: number;
  readonly to: number;
}

export interface GroupDone {
  readonly shards: number;
  readonly rows: number;
  /** The run was paused, or the group's time was up, before all its shards were done: they are cut into groups again. */
  readonly left: boolean;
}

export interface SealedStep {
  readonly digest: string;
  readonly rows: number;
  readonly warning: string | null;
}

/** The generic activities; steps are activities of their own, called by their ids. */
export interface EngineActivities {
  /** @throws ApplicationFailure `RebuildInProgress` when another workflow drives the run, or another run of the study is live */
  plan(wish: RunWish): Promise<Advance>;
  open(run: number, step: string): Promise<OpenedStep>;
  seal(run: number, step: string, result: number): Promise<SealedStep>;
  fail(run: number, step: string, message: string): Promise<void>;
  /** Notes with a step that it is held, or (null) that it goes on. */
  hold(run: number, step: string, held: Held | null): Promise<void>;
  /** Notes with the run whether it works, is paused, or waits for a time or a person. */
  mark(run: number, status: 'paused' | 'running' | 'sleeping' | 'blocked', message: string | null): Promise<void>;
  publish(run: number): Promise<{ readonly site: string | null }>;
  finish(run: number, status: 'done' | 'failed' | 'cancelled', message: string | null): Promise<void>;
}

export type StepActivities = Readonly<Record<string, (task: GroupTask) => Promise<GroupDone>>>;
