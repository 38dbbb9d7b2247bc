import { executeChild, getExternalWorkflowHandle, isCancellation, rootCause, setHandler, workflowInfo } from '@temporalio/workflow';
import type { Held, ReadyStep, SealedStep } from '../activities/engine/types';
import { attributePairs, isSearchable } from './attributes';
import { pause, unpause } from './gate';
import { abort, release, report, unblock } from './hold';
import { runStep } from './run-step';

/** A step that has a workflow of its own. */
export interface AtWork {
  readonly workflowId: string;
  readonly title: string;
  readonly done: number;
  readonly total: number;
  readonly held: Held | null;
}

export interface Ended {
  readonly step: string;
  readonly sealed: SealedStep | null;
  readonly failure: string | null;
}

/** The run that a step belongs to. */
export interface RunOf {
  readonly run: number;
  readonly study: string;
}

/** Told when a step is held, or (null) goes on. */
type HeldChanged = (step: string, held: Held | null) => Promise<void>;

/** The steps of a rebuild that are at work, and those that have ended; each is one child workflow. */
export class StepsAtWork {
  readonly #live = new Map<string, AtWork>();
  readonly #started = new Set<string>();
  readonly #children: Promise<void>[] = [];
  readonly ended: Ended[] = [];

  constructor(private readonly heldChanged: HeldChanged) {
    setHandler(report, async ({ step, ...now }) => {
      const before = this.#live.get(step);
      if (before === undefined) return;
      this.#live.set(step, { ...before, ...now });
      if (before.held !== now.held && (before.held !== null || now.held !== null)) await heldChanged(step, now.held);
    });
    setHandler(unblock, (step) => this.#release(step, false), { validator: (step) => this.#refuseUnheld(step) });
    setHandler(abort, (step) => this.#release(step, true), { validator: (step) => this.#refuseUnheld(step) });
  }

  get live(): ReadonlyMap<string, AtWork> {
    return this.#live;
  }

  /** Steps that are held and why, when nothing else is at work. Empty otherwise. */
  get standstill(): readonly (readonly [step: string, held: Held])[] {
    const held = [...this.#live].flatMap(([step, now]) => (now.held === null ? [] : [[step, now.held] as const]));
    return held.length === this.#live.size ? held : [];
  }

  /** Starts the workflow of a step, once. */
  start(run: RunOf, ready: ReadyStep, paused: boolean): void {
    if (this.#started.has(ready.step)) return;
    this.#started.add(ready.step);
    const workflowId = `${workflowInfo().workflowId}/${run.run}/${ready.step}`;
    this.#live.set(ready.step, { workflowId, title: ready.title, done: 0, total: 0, held: null });
    const outcome = outcomeOf(() => child(workflowId, run, ready, paused));
    this.#children.push(
      outcome.then((end) => {
        this.#live.delete(ready.step);
        this.ended.push({ step: ready.step, ...end });
      }),
    );
  }

  /** Passes a pause on. A step that has just ended needs it no more. */
  async tell(closed: boolean): Promise<void> {
    const told = [...this.#live.values()].map(({ workflowId }) => getExternalWorkflowHandle(workflowId).signal(closed ? pause : unpause));
    await Promise.allSettled(told);
  }

  /** Resolves when all children have ended. */
  async settled(): Promise<void> {
    await Promise.all(this.#children);
  }

  #refuseUnheld(step: unknown): void {
    const held = [...this.#live].filter(([, now]) => now.held !== null).map(([name]) => name);
    if (typeof step === 'string' && held.includes(step)) return;
    const now = held.length === 0 ? 'none is' : `these are: ${held.join(', ')}`;
    throw new Error(`Expected a step that is blocked or sleeps, got ${JSON.stringify(step)}; ${now}.`);
  }

  async #release(step: string, giveUp: boolean): Promise<string> {
    const now = this.#live.get(step)!;
    this.#live.set(step, { ...now, held: null });
    await this.heldChanged(step, null);
    await getExternalWorkflowHandle(now.workflowId).signal(release, { abort: giveUp });
    return giveUp ? `${step} is given up` : `${step} goes on`;
  }
}

async function child(workflowId: string, { run, study }: RunOf, ready: ReadyStep, paused: boolean): Promise<SealedStep> {
  const { step, queue, title, cue } = ready;
  const light = workflowInfo().taskQueue;
  const stage = step.split('/')[0]!;
  return executeChild(runStep, {
    workflowId,
    taskQueue: light,
    staticSummary: step,
    staticDetails: `${title}\n\n${cue}`,
    ...(isSearchable() ? { typedSearchAttributes: attributePairs({ study, run, stage }) } : {}),
    args: [{ run, step, cue, queues: { light, own: sibling(light, queue) }, paused }],
  });
}

/** Task queues of one build and database differ by their first word: `config/queues.ts`. */
function sibling(light: string, queue: string): string {
  return queue + light.slice(light.indexOf('.'));
}

/** A child that fails, is cancelled or terminated in the Temporal UI has failed for the run, which goes on around it. */
async function outcomeOf(work: () => Promise<SealedStep>): Promise<Omit<Ended, 'step'>> {
  try {
    return { sealed: await work(), failure: null };
  } catch (error) {
    const reason = isCancellation(error) ? 'its workflow was cancelled' : (rootCause(error) ?? 'unknown error');
    return { sealed: null, failure: reason.slice(0, 4_000) };
  }
}
