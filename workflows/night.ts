import { sleep } from '@temporalio/workflow';

const LEAST_MS = 1_000;
/** All that sleep would else come back in the same second. */
const SPREAD = 0.01;
const WIDEST_SPREAD_MS = 30_000;

/** The time until there is a new budget: one durable timer for all lanes of a step. */
export class Night {
  #over: Promise<void> | null = null;

  /** @param wakes ISO time, UTC */
  fall(wakes: string): void {
    this.#over ??= sleep(untilMorning(wakes)).finally(() => (this.#over = null));
  }

  async over(): Promise<void> {
    await this.#over;
  }
}

function untilMorning(wakes: string): number {
  const wait = Math.max(LEAST_MS, Date.parse(wakes) - Date.now());
  return wait + Math.random() * Math.min(WIDEST_SPREAD_MS, wait * SPREAD);
}
