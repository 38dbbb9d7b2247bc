import { condition, defineSignal, setHandler } from '@temporalio/workflow';

/** Sent to a rebuild by people, and by the rebuild to its steps: shards at work end by themselves, no new one begins. */
export const pause = defineSignal('pause');
export const unpause = defineSignal('unpause');

/** Open unless the run is paused. */
export class Gate {
  #closed: boolean;

  /** @param changed told of each change, after the gate has moved */
  constructor(closed: boolean, changed: (closed: boolean) => Promise<void> = () => Promise.resolve()) {
    this.#closed = closed;
    setHandler(pause, () => this.#move(true, changed));
    setHandler(unpause, () => this.#move(false, changed));
  }

  get closed(): boolean {
    return this.#closed;
  }

  async open(): Promise<void> {
    await condition(() => !this.#closed);
  }

  async #move(closed: boolean, changed: (closed: boolean) => Promise<void>): Promise<void> {
    if (this.#closed === closed) return;
    this.#closed = closed;
    await changed(closed);
  }
}
