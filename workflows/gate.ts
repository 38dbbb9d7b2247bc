import { condition, defineSignal, defineUpdate, setHandler } from '@temporalio/workflow';

/** Sent to a rebuild by people, and by the rebuild to its steps: shards at work end by themselves, no new one begins. */
export const pause = defineSignal('pause');
export const unpause = defineSignal('unpause');

/** The same as updates, which answer: refused when the run is in that state already. */
export const pauseNow = defineUpdate<string>('pause');
export const unpauseNow = defineUpdate<string>('unpause');

/** Open unless the run is paused. */
export class Gate {
  #closed: boolean;

  /** @param changed told of each change, after the gate has moved */
  constructor(closed: boolean, changed: (closed: boolean) => Promise<void> = () => Promise.resolve()) {
    this.#closed = closed;
    setHandler(pause, () => this.#move(true, changed));
    setHandler(unpause, () => this.#move(false, changed));
    setHandler(pauseNow, () => this.#move(true, changed).then(() => 'pauses after the shards at work'), {
      validator: () => {
        if (this.#closed) throw new Error('Expected a run that goes on, got one that is paused already. Send unpause to let it go on.');
      },
    });
    setHandler(unpauseNow, () => this.#move(false, changed).then(() => 'goes on'), {
      validator: () => {
        if (!this.#closed) throw new Error('Expected a run that is paused, got one that is not. There is nothing to do.');
      },
    });
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
