import {
  ApplicationFailure,
  condition,
  defineSignal,
  defineUpdate,
  getExternalWorkflowHandle,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { Held } from '../activities/engine/types';
import { describeAs } from './attributes';

/** What a step tells its rebuild: how far it is, and whether it is held. */
export interface StepReport {
  readonly step: string;
  readonly done: number;
  readonly total: number;
  readonly held: Held | null;
}

/** From a step to its rebuild. */
export const report = defineSignal<[StepReport]>('report');

/** From the rebuild to a step that is held: go on, or give up. */
export const release = defineSignal<[{ readonly abort: boolean }]>('release');

/** From people to the rebuild, with the id of a step that is blocked or sleeps. */
export const unblock = defineUpdate<string, [string]>('unblock');
export const abort = defineUpdate<string, [string]>('abort');

/** Written by `activities/engine/failure.ts`. */
const HELD = 'Held';

/** What a failed activity waits for; null when it is a failure like others. */
export function heldBy(error: unknown): Held | null {
  for (let cause = error; cause instanceof Error; cause = (cause as { cause?: unknown }).cause) {
    if (cause instanceof ApplicationFailure && cause.type === HELD) return (cause.details?.[0] as Held | undefined) ?? null;
  }
  return null;
}

export async function tellRebuild(message: StepReport): Promise<void> {
  const { parent } = workflowInfo();
  if (parent === undefined) return;
  // A rebuild that has just ended needs no news.
  await getExternalWorkflowHandle(parent.workflowId, parent.runId)
    .signal(report, message)
    .catch(() => undefined);
}

/** The step's side of being held. */
export class Holds {
  #released: { readonly abort: boolean } | null = null;

  constructor() {
    setHandler(release, (how) => void (this.#released = how));
  }

  /** Waits for the time or the person. @throws ApplicationFailure when the person gives the step up */
  async wait(held: Held, tell: (held: Held | null) => Promise<void>): Promise<void> {
    this.#released = null;
    describeAs({ status: held.until === null ? 'blocked' : 'sleeping' });
    await tell(held);
    await this.#toGoOn(held);
    describeAs({ status: null });
    if (this.#gaveUp()) throw ApplicationFailure.nonRetryable(`given up by a person while it waited: ${held.message}`, 'Aborted');
    await tell(null);
  }

  async #toGoOn({ until }: Held): Promise<void> {
    const released = (): boolean => this.#released !== null;
    if (until === null) await condition(released);
    else await condition(released, Math.max(1, Date.parse(until) - Date.now()));
  }

  #gaveUp(): boolean {
    return this.#released?.abort === true;
  }
}
