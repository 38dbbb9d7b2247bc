import {
  allHandlersFinished,
  ApplicationFailure,
  CancellationScope,
  condition,
  isCancellation,
  proxyActivities,
  rootCause,
  setCurrentDetails,
  workflowInfo,
} from '@temporalio/workflow';
import type { Advance, EngineActivities, Held, RunWish } from '../activities/engine/types';
import { describeAs } from './attributes';
import { progressText } from './details';
import { Gate } from './gate';
import { engineOptions } from './options';
import { StepsAtWork } from './steps-at-work';

export type RebuildInput = RunWish;

export interface RebuildOutcome {
  readonly run: number | null;
  readonly ran: readonly string[];
  /** Why a scheduled rebuild left its turn out; null when it did not. */
  readonly skipped: string | null;
}

/** After a cancellation steps end at their next page; one whose worker is gone never does. */
const LAST_PAGE = '60 seconds';

/** A rebuild: plan, run what is ready side by side, plan again after each step, publish. A rebuild goes on around a failed step. */
export async function rebuild(input: RebuildInput): Promise<RebuildOutcome> {
  return new Rebuild(input).run();
}

class Rebuild {
  readonly #engine = proxyActivities<EngineActivities>({ ...engineOptions, taskQueue: workflowInfo().taskQueue });
  readonly #gate: Gate;
  readonly #steps: StepsAtWork;
  #run: number | null;
  #state: Advance | null = null;
  #told = 'running';
  /** Steps that have ended and that the database knows of. */
  #noted = 0;
  /** Notes to the database, one after the other, so that the last one stands. */
  #notes: Promise<void> = Promise.resolve();

  constructor(private readonly input: RebuildInput) {
    this.#run = input.run ?? null;
    this.#steps = new StepsAtWork((step, held) => this.#heldChanged(step, held));
    this.#gate = new Gate(false, async (closed) => {
      await this.#restate();
      await this.#steps.tell(closed);
    });
  }

  async run(): Promise<RebuildOutcome> {
    try {
      const outcome = await this.#walk();
      await condition(allHandlersFinished);
      return outcome;
    } catch (error) {
      const refusal = refusalIn(error);
      if (refusal?.type === 'RebuildInProgress' && this.input.study !== undefined) return this.#skip(refusal.message);
      await CancellationScope.nonCancellable(() => this.#giveUp(error));
      throw plainly(error);
    }
  }

  async #walk(): Promise<RebuildOutcome> {
    for (;;) {
      await this.#gate.open();
      const known = await this.#noteFailures();
      const state = await this.#plan();
      if (state.settled) return { run: state.run, ran: [], skipped: null };
      for (const ready of state.ready) this.#steps.start(state, ready, this.#gate.closed);
      await this.#restate();
      // A step that ended while the plan was made is not in it: only a plan that knows of all ends may say that nothing is left.
      if (this.#steps.ended.length > known) continue;
      if (this.#steps.live.size === 0) return this.#close(state);
      await condition(() => this.#steps.ended.length > known);
    }
  }

  async #plan(): Promise<Advance> {
    const wish = this.#run === null ? this.input : { run: this.#run };
    const first = this.#state === null;
    const state = await this.#engine.plan.executeWithOptions({ summary: this.#summary() }, [wish]);
    this.#run = state.run;
    this.#state = state;
    if (first) describeAs({ study: state.study, run: state.run, ...this.#counts(state), status: state.settled ? 'done' : 'running' });
    this.#show();
    return state;
  }

  /** Tells the database which steps have failed. @returns how many steps had ended, which the next plan then knows of */
  async #noteFailures(): Promise<number> {
    const ended = this.#steps.ended.slice(this.#noted);
    for (const { step, failure } of ended) if (failure !== null) await this.#engine.fail(this.#run!, step, failure);
    return (this.#noted += ended.length);
  }

  async #close(state: Advance): Promise<RebuildOutcome> {
    const failed = this.#steps.ended.filter(({ failure }) => failure !== null);
    if (failed.length > 0 || state.waiting.length > 0) throw failureOf(state, failed);
    const ran = this.#steps.ended.map(({ step }) => step);
    await this.#engine.publish.executeWithOptions({ summary: 'point the views at this run, write its page' }, [state.run]);
    await this.#engine.finish(state.run, 'done', null);
    describeAs({ status: 'done', ...this.#counts(state) });
    return { run: state.run, ran, skipped: null };
  }

  /** A schedule's turn that falls into another rebuild is no failure. */
  #skip(why: string): RebuildOutcome {
    setCurrentDetails(why);
    describeAs({ status: 'skipped' });
    return { run: this.#run, ran: [], skipped: why };
  }

  /** Closes the run after a failure or a cancellation, when the steps at work have ended. */
  async #giveUp(error: unknown): Promise<void> {
    const status = isCancellation(error) ? 'cancelled' : 'failed';
    let ended = false;
    void this.#steps.settled().then(() => (ended = true));
    await condition(() => ended, LAST_PAGE);
    describeAs({ status, ...(this.#state === null ? {} : this.#counts(this.#state)) });
    if (this.#run === null || refusalIn(error) !== null) return;
    const message = status === 'cancelled' ? 'cancelled' : (rootCause(error) ?? 'unknown error');
    await this.#engine.finish(this.#run, status, message.slice(0, 4_000));
    await condition(allHandlersFinished);
  }

  async #heldChanged(step: string, held: Held | null): Promise<void> {
    await this.#note(() => this.#engine.hold(this.#run!, step, held));
    await this.#restate();
  }

  /** Tells the database and the search attributes what the run as a whole does, when that has changed. */
  async #restate(): Promise<void> {
    this.#show();
    const held = this.#steps.standstill;
    const asleep = held.filter(([, { until }]) => until !== null);
    const status = this.#gate.closed ? 'paused' : asleep.length > 0 ? 'sleeping' : held.length > 0 ? 'blocked' : 'running';
    if (status === this.#told || this.#run === null) return;
    this.#told = status;
    describeAs({ status });
    const told = asleep.length > 0 ? asleep : held;
    const message = told.map(([step, { message: text }]) => `${step}: ${text}`).join('\n');
    await this.#note(() => this.#engine.mark(this.#run!, status, message === '' ? null : message.slice(0, 4_000)));
  }

  async #note(write: () => Promise<void>): Promise<void> {
    const noted = this.#notes.then(write);
    this.#notes = noted.catch(() => undefined);
    await noted.catch((error: unknown) => {
      // A run that is cancelled is closed by its last note.
      if (!isCancellation(error)) throw error;
    });
  }

  #counts({ hits, ready, usd }: Advance): { hits: number; misses: number; cost: number } {
    const begun = this.#steps.ended.length + this.#steps.live.size;
    return { hits, misses: begun > 0 ? begun : ready.length, cost: usd };
  }

  #summary(): string {
    const last = this.#steps.ended.at(-1);
    return last === undefined ? 'what is current, what is not, and why' : `what may start now that ${last.step} has ended`;
  }

  /** The live details of the run in the Temporal UI. */
  #show(): void {
    if (this.#state !== null) setCurrentDetails(progressText(this.#state, this.#steps, this.#gate.closed));
  }
}

const KEPT = 'What was finished is kept: mend the cause, then start the rebuild again (atlas rebuild, or atlas resume).';

function failureOf({ waiting }: Advance, failed: StepsAtWork['ended']): ApplicationFailure {
  const lines = failed.map(({ step, failure }) => `${step}: ${failure}`);
  const stuck = waiting.length === 0 || failed.length > 0 ? [] : [`Expected all steps to start, got ${waiting.join(', ')} left waiting.`];
  return ApplicationFailure.nonRetryable(`${[...lines, ...stuck].join('\n').slice(0, 3_500)}\n${KEPT}`, 'StepFailed');
}

/** What people read in the Temporal UI is the cause, not that an activity failed. */
function plainly(error: unknown): unknown {
  if (isCancellation(error) || error instanceof ApplicationFailure) return error;
  return ApplicationFailure.nonRetryable(rootCause(error) ?? 'unknown error', 'RebuildFailed');
}

const REFUSALS = ['RebuildInProgress', 'RunIsOver', 'NoSuchRebuild'];

/** Why the run is not this workflow's to drive, nor to close: it belongs to another, or is over. Null for other errors. */
function refusalIn(error: unknown): ApplicationFailure | null {
  for (let cause = error; cause instanceof Error; cause = (cause as { cause?: unknown }).cause)
    if (cause instanceof ApplicationFailure && REFUSALS.includes(cause.type ?? '')) return cause;
  return null;
}
