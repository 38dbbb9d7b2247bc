import {
  CancellationScope,
  executeChild,
  getExternalWorkflowHandle,
  isCancellation,
  proxyActivities,
  rootCause,
  setCurrentDetails,
  workflowInfo,
  ApplicationFailure,
} from '@temporalio/workflow';
import type { Advance, EngineActivities, ReadyStep } from '../activities/engine/types';
import { Gate, pause, unpause } from './gate';
import { engineOptions } from './options';
import { runStep, type RunStepOutcome } from './run-step';

export interface RebuildInput {
  readonly run: number;
  /** Queue name → task queue. */
  readonly queues: Readonly<Record<string, string>>;
}

export interface RebuildOutcome {
  readonly run: number;
  readonly ran: readonly string[];
  readonly failed: readonly string[];
}

/** A rebuild: plan, run what is ready side by side, plan again after each step, publish. A failed step stops what depends on it and nothing else. */
export async function rebuild(input: RebuildInput): Promise<RebuildOutcome> {
  const engine = proxyActivities<EngineActivities>({ ...engineOptions, taskQueue: input.queues['light']! });
  try {
    return await walk(input, engine);
  } catch (error) {
    const cancelled = isCancellation(error);
    const message = cancelled ? 'cancelled' : (rootCause(error) ?? 'unknown error');
    await CancellationScope.nonCancellable(() => engine.finish(input.run, cancelled ? 'cancelled' : 'failed', message.slice(0, 4_000)));
    throw error;
  }
}

type Engine = ReturnType<typeof proxyActivities<EngineActivities>>;

async function walk(input: RebuildInput, engine: Engine): Promise<RebuildOutcome> {
  const ended: { step: string; outcome: RunStepOutcome }[] = [];
  const inFlight = new Map<string, Promise<void>>();
  const started = new Set<string>();
  const gate = new Gate(false, async (closed) => {
    await engine.mark(input.run, closed ? 'paused' : 'running');
    await Promise.all([...inFlight.keys()].map((step) => tell(input, step, closed)));
  });
  for (;;) {
    await gate.open();
    const state = await engine.plan.executeWithOptions({ summary: summaryOf(ended) }, [input.run]);
    if (state.settled) return { run: input.run, ran: [], failed: [] };
    for (const step of state.ready.filter((ready) => !started.has(ready.step))) {
      started.add(step.step);
      inFlight.set(
        step.step,
        startStep(input, step, gate.closed).then((outcome) => void (ended.push({ step: step.step, outcome }), inFlight.delete(step.step))),
      );
    }
    setCurrentDetails(details(state, inFlight, ended));
    if (inFlight.size === 0) return close(input, engine, state, ended);
    await Promise.race(inFlight.values());
  }
}

/** Passes a pause on to a step. One that has just ended needs it no more. */
async function tell(input: RebuildInput, step: string, closed: boolean): Promise<void> {
  await getExternalWorkflowHandle(childId(input, step))
    .signal(closed ? pause : unpause)
    .catch(() => undefined);
}

function childId({ run }: RebuildInput, step: string): string {
  return `${workflowInfo().workflowId}/${run}/${step}`;
}

async function startStep(input: RebuildInput, { step, queue, title, cue }: ReadyStep, paused: boolean): Promise<RunStepOutcome> {
  return executeChild(runStep, {
    workflowId: childId(input, step),
    taskQueue: input.queues['light']!,
    staticSummary: step,
    staticDetails: `${title}\n\n${cue}`,
    args: [{ run: input.run, step, cue, queues: { light: input.queues['light']!, own: input.queues[queue]! }, paused }],
  });
}

async function close(
  input: RebuildInput,
  engine: Engine,
  state: Advance,
  ended: readonly { step: string; outcome: RunStepOutcome }[],
): Promise<RebuildOutcome> {
  const failed = ended.filter(({ outcome }) => outcome.failure !== null);
  if (failed.length > 0 || state.waiting > 0) {
    const message = failed.map(({ step, outcome }) => `${step}: ${outcome.failure}`).join('\n') || 'some steps could not start';
    await engine.finish(input.run, 'failed', message.slice(0, 4_000));
    throw ApplicationFailure.nonRetryable(message.slice(0, 2_000), 'StepFailed');
  }
  await engine.publish.executeWithOptions({ summary: 'point the views at this run, write its page' }, [input.run]);
  await engine.finish(input.run, 'done', null);
  return { run: input.run, ran: ended.map(({ step }) => step), failed: [] };
}

function summaryOf(ended: readonly { step: string }[]): string {
  const last = ended.at(-1);
  return last === undefined ? 'what is current, what is not, and why' : `what may start now that ${last.step} is done`;
}

function details(
  state: Advance,
  inFlight: ReadonlyMap<string, unknown>,
  ended: readonly { step: string; outcome: RunStepOutcome }[],
): string {
  const lines = ended.map(({ step, outcome }) => `| ${step} | ${outcome.failure === null ? `${outcome.sealed!.rows} rows` : 'failed'} |`);
  const running = [...inFlight.keys()].map((step) => `| ${step} | running |`);
  return [
    `${state.hits} steps current, ${inFlight.size} running, ${ended.length} done`,
    '',
    '| step | state |',
    '|---|---|',
    ...running,
    ...lines,
  ]
    .join('\n')
    .slice(0, 19_000);
}
