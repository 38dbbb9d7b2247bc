import {
  ApplicationFailure,
  ContinueAsNew,
  continueAsNew,
  isCancellation,
  proxyActivities,
  rootCause,
  setCurrentDetails,
  workflowInfo,
} from '@temporalio/workflow';
import type { EngineActivities, Held, OpenedStep, SealedStep, ShardGroup, StepActivities } from '../activities/engine/types';
import { Gate } from './gate';
import { heldBy, Holds, tellRebuild } from './hold';
import { engineOptions, stepOptions } from './options';
import { pool } from './pool';

export interface RunStepInput {
  readonly run: number;
  readonly step: string;
  readonly cue: string;
  /** Task queues by name: where the engine's activities and the step's own run. */
  readonly queues: { readonly light: string; readonly own: string };
  /** Whether the run is paused while the step begins. */
  readonly paused: boolean;
}

/** Activities in flight at once: enough to keep every slot of a queue busy. */
const WINDOW = 16;

interface Worked {
  /** The history grew long, and what is left belongs to a new one. */
  readonly drained: boolean;
  /** Some groups gave shards back: they want to be cut anew. */
  readonly left: boolean;
}

/** From so many shards on a step reports how far it is, each time another quarter is done: a few events, whatever the size. */
const WORTH_REPORTING = 8;

/**
 * One step of a run: opens it, works through its groups of shards in a window, checks and seals it. When it is held, it waits and goes on.
 * @throws ApplicationFailure `StepFailed` with the message for people
 */
export async function runStep(input: RunStepInput): Promise<SealedStep> {
  return new StepWork(input).run();
}

class StepWork {
  readonly #engine;
  readonly #steps;
  readonly #gate;
  readonly #holds = new Holds();
  #done = 0;
  #total = 0;
  #rows = 0;
  #held: Held | null = null;

  constructor(private readonly input: RunStepInput) {
    this.#engine = proxyActivities<EngineActivities>({ ...engineOptions, taskQueue: input.queues.light });
    this.#steps = proxyActivities<StepActivities>({ ...stepOptions, taskQueue: input.queues.own });
    this.#gate = new Gate(input.paused);
  }

  async run(): Promise<SealedStep> {
    for (;;) {
      try {
        const opened = await this.#workThrough();
        return await this.#engine.seal.executeWithOptions({ summary: 'check the rows, digest them, close the result' }, [
          this.input.run,
          this.input.step,
          opened.result,
        ]);
      } catch (error) {
        if (isCancellation(error) || error instanceof ContinueAsNew) throw error;
        const held = heldBy(error);
        if (held === null) throw ApplicationFailure.nonRetryable((rootCause(error) ?? 'unknown error').slice(0, 4_000), 'StepFailed');
        await this.#holds.wait(held, (now) => this.#tellHeld(now));
      }
    }
  }

  async #workThrough(): Promise<OpenedStep> {
    const { run, step } = this.input;
    for (;;) {
      await this.#gate.open();
      const opened = await this.#engine.open.executeWithOptions({ summary: `cut ${step} into shards` }, [run, step]);
      this.#done = opened.total - opened.open;
      this.#total = opened.total;
      if (this.#total >= WORTH_REPORTING) await this.#report();
      const { drained, left } = await this.#workOn(opened);
      if (drained) await continueAsNew<typeof runStep>({ ...this.input, paused: this.#gate.closed });
      if (!opened.more && !left) return opened;
    }
  }

  async #workOn({ result, groups }: OpenedStep): Promise<Worked> {
    let [drained, left] = [false, false];
    this.#show();
    await pool(groups, WINDOW, async (group) => {
      await this.#gate.open();
      drained ||= workflowInfo().continueAsNewSuggested;
      if (drained) return;
      const gaveBack = await this.#workOnGroup(result, group);
      left ||= gaveBack;
    });
    return { drained, left };
  }

  /** @returns whether it gave shards back */
  async #workOnGroup(result: number, { from, to, label }: ShardGroup): Promise<boolean> {
    const { run, step, cue } = this.input;
    const summary = [label, cue]
      .filter((text) => text !== '')
      .join(' · ')
      .slice(0, 380);
    const group = await this.#steps[step]!.executeWithOptions({ summary }, [{ run, step, result, from, to }]);
    const before = this.#quarter();
    this.#done += group.shards;
    this.#rows += group.rows;
    this.#show();
    if (this.#total >= WORTH_REPORTING && this.#quarter() > before) await this.#report();
    return group.left;
  }

  #quarter(): number {
    return Math.floor((4 * this.#done) / Math.max(1, this.#total));
  }

  async #tellHeld(held: Held | null): Promise<void> {
    this.#held = held;
    this.#show();
    await this.#report();
  }

  async #report(): Promise<void> {
    await tellRebuild({ step: this.input.step, done: this.#done, total: this.#total, held: this.#held });
  }

  /** The live details of the step in the Temporal UI. */
  #show(): void {
    const { step, cue } = this.input;
    const state = this.#held === null ? [] : [heldLine(this.#held), ''];
    const progress = `**${step}** — ${this.#done} of ${this.#total} shards, ${this.#rows.toLocaleString('en-US')} rows in this run`;
    setCurrentDetails([...state, progress, '', cue].join('\n'));
  }
}

function heldLine({ until, message }: Held): string {
  return until === null ? `**Blocked.** ${message}` : `**Sleeps until ${until}.** ${message}`;
}
