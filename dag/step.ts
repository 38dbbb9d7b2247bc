import type { Json } from './canonical';
import type { Columns, Row } from './columns';
import type { InputCut, ShardSource, ShardTask } from './shards';
import type { Relation, Sql } from './sql';

/** Which worker slots a step uses. One queue per outside service, one for CPU work, one for all that is light. */
export type Queue = 'light' | 'cpu' | 'openalex' | 'pubmed';

/**
 * What a failure of a step stops: `stop-dependents`, all that reads its rows; `stop-run`, every step that has not begun. What is at
 * work ends by itself either way, and what was finished is kept.
 */
export type OnFailure = 'stop-dependents' | 'stop-run';

/** A sealed result that a step reads: its rows, and the digest of them. */
export interface InputTable<C extends Columns> extends Relation {
  readonly step: string;
  readonly digest: string;
  /** All rows, or those of a condition; read in pages, so any size fits. */
  rows(where?: Sql): AsyncIterable<Row<C>>;
}

/** A rule that every result must keep before it is sealed: the rows that break it, and what to do about them. */
export interface Check {
  readonly name: string;
  readonly failing: (output: Relation) => Sql;
  readonly advice: string;
}

type AnyStep = Step<Columns>;
type Inputs = Readonly<Record<string, AnyStep>>;
type Tables<I extends Inputs> = { readonly [K in keyof I]: I[K] extends Step<infer C> ? InputTable<C> : never };
type Cuts<I extends Inputs> = { readonly [K in keyof I]: InputCut };

/** All that one shard of a step sees while it runs. */
export interface StepRun<P, I extends Inputs, C extends Columns, S> {
  readonly params: P;
  readonly shard: ShardTask;
  readonly inputs: Tables<I>;
  readonly services: S;
  readonly signal: AbortSignal;
  /** Where an earlier attempt of this shard stopped, as it told `commit`; null at the beginning. */
  readonly cursor: Json;
  /** Adds rows to the page in hand. Nothing is stored before `commit` or the end of the run. */
  write(rows: Iterable<Row<C>>): void;
  /** Stores the page in hand and the cursor in one transaction. Needed only by shards that page a service. */
  commit(cursor: Json): Promise<void>;
  /** Told to people: the heartbeat and the live view. */
  progress(note: string): void;
  query<T>(query: Sql): Promise<T[]>;
}

export interface StepSpec<Study, S, P extends Json, I extends Inputs, C extends Columns> {
  /** The path of its file below activities/, without `.ts`. */
  readonly id: string;
  /** One sentence for readers: the Temporal UI, the page, the view's comment. */
  readonly doc: string;
  readonly inputs?: I;
  /** The part of the study this step reads. All of it enters the key. */
  readonly params?: (study: Study) => P;
  readonly output: C;
  readonly shards?: (inputs: Cuts<I>, params: P) => ShardSource | readonly ShardSource[];
  readonly queue?: Queue;
  /** Steps that bring bytes from outside depend on when they did. */
  readonly vintage?: boolean;
  /** Columns to index at seal (whole-table steps only). */
  readonly index?: readonly (keyof C & string)[];
  readonly checks?: readonly Check[];
  /** Default `stop-dependents`: a rebuild goes on around a failed step. */
  readonly onFailure?: OnFailure;
  readonly run?: (run: StepRun<P, I, C, S>) => Promise<void>;
  readonly sql?: (inputs: { readonly [K in keyof I]: Relation }, params: P) => Sql;
}

/** A step as the engine sees it: types forgotten, shape kept. */
export interface Step<C extends Columns> {
  readonly id: string;
  readonly doc: string;
  readonly inputs: Inputs;
  readonly output: C;
  readonly queue: Queue;
  readonly vintage: boolean;
  readonly sharded: boolean;
  readonly index: readonly string[];
  readonly checks: readonly Check[];
  readonly onFailure: OnFailure;
  params(study: unknown): Json;
  shards(params: Json): readonly ShardSource[];
  readonly run: ((run: StepRun<Json, Inputs, Columns, unknown>) => Promise<void>) | null;
  readonly sql: ((inputs: Readonly<Record<string, Relation>>, params: Json) => Sql) | null;
}

export type { AnyStep };
