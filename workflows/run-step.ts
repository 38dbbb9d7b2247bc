import {
  ContinueAsNew,
  continueAsNew,
  isCancellation,
  proxyActivities,
  rootCause,
  setCurrentDetails,
  workflowInfo,
} from '@temporalio/workflow';
import type { EngineActivities, OpenedStep, SealedStep, ShardGroup, StepActivities } from '../activities/engine/types';
import { engineOptions, stepOptions } from './options';
import { Gate } from './gate';
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

export interface RunStepOutcome {
  readonly sealed: SealedStep | null;
  readonly failure: string | null;
}

/** Activities in flight at once: enough to keep every slot of a queue busy. */
const WINDOW = 16;

/** One step of a run: opens it, works through its groups of shards in a window, checks and seals it. A failure is noted, not thrown. */
export async function runStep(input: RunStepInput): Promise<RunStepOutcome> {
  const engine = proxyActivities<EngineActivities>({ ...engineOptions, taskQueue: input.queues.light });
  const gate = new Gate(input.paused);
  try {
    const opened = await workThrough(input, engine, gate);
    return { sealed: await engine.seal(input.run, input.step, opened.result), failure: null };
  } catch (error) {
    if (isCancellation(error) || error instanceof ContinueAsNew) throw error;
    const failure = rootCause(error) ?? 'unknown error';
    await engine.fail(input.run, input.step, failure.slice(0, 4_000));
    return { sealed: null, failure: failure.slice(0, 1_000) };
  }
}

type Engine = ReturnType<typeof proxyActivities<EngineActivities>>;

async function workThrough(input: RunStepInput, engine: Engine, gate: Gate): Promise<OpenedStep> {
  for (;;) {
    await gate.open();
    const opened = await engine.open.executeWithOptions({ summary: `cut ${input.step} into shards` }, [input.run, input.step]);
    const { drained, left } = await workOn(input, opened, gate);
    if (drained) await continueAsNew<typeof runStep>({ ...input, paused: gate.closed });
    if (!opened.more && !left) return opened;
  }
}

interface Worked {
  /** The history grew long, and what is left belongs to a new one. */
  readonly drained: boolean;
  /** Some groups gave shards back: they want to be cut anew. */
  readonly left: boolean;
}

async function workOn(input: RunStepInput, opened: OpenedStep, gate: Gate): Promise<Worked> {
  const steps = proxyActivities<StepActivities>({ ...stepOptions, taskQueue: input.queues.own });
  let done = opened.total - opened.open;
  let rows = 0;
  let [drained, left] = [false, false];
  const tell = (): void =>
    setCurrentDetails(`**${input.step}** — ${done} of ${opened.total} shards, ${rows} rows in this run\n\n${input.cue}`);
  tell();
  await pool(opened.groups, WINDOW, async ({ from, to, label }: ShardGroup) => {
    await gate.open();
    drained ||= workflowInfo().continueAsNewSuggested;
    if (drained) return;
    const summary = [label, input.cue]
      .filter((text) => text !== '')
      .join(' · ')
      .slice(0, 380);
    const task = { run: input.run, step: input.step, result: opened.result, from, to };
    const group = await steps[input.step]!.executeWithOptions({ summary }, [task]);
    done += group.shards;
    rows += group.rows;
    left ||= group.left;
    tell();
  });
  return { drained, left };
}
