/** What crosses the workflow boundary: ids, counts and short texts, never rows. A test holds every payload below 16 KiB. */
export interface ReadyStep {
  readonly step: string;
  readonly queue: string;
  /** The step's sentence and its first cue, for the Temporal UI. */
  readonly title: string;
  readonly cue: string;
}

export interface Advance {
  readonly ready: readonly ReadyStep[];
  readonly hits: number;
  readonly waiting: number;
  readonly failed: readonly string[];
  /** Every step is current and the views stand where they should: nothing is left to do. */
  readonly settled: boolean;
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
  plan(run: number): Promise<Advance>;
  open(run: number, step: string): Promise<OpenedStep>;
  seal(run: number, step: string, result: number): Promise<SealedStep>;
  fail(run: number, step: string, message: string): Promise<void>;
  /** Notes with the run that people paused it, or let it go on. */
  mark(run: number, status: 'paused' | 'running'): Promise<void>;
  publish(run: number): Promise<{ readonly site: string | null }>;
  finish(run: number, status: 'done' | 'failed' | 'cancelled', message: string | null): Promise<void>;
}

export type StepActivities = Readonly<Record<string, (task: GroupTask) => Promise<GroupDone>>>;
