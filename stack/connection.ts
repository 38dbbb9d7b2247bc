import type { Socket } from 'node:net';
import type { z } from 'zod';
import { onMessage, send } from './channel';
import { LostKeeper, StackError } from './errors';
import { reply, type Death, type Request } from './protocol';

type Ask = Request extends infer R ? (R extends Request ? Omit<R, 'id'> : never) : never;

interface Waiting {
  resolve: (value: unknown) => void;
  reject: (error: Error) => void;
}

/** A command's end of the socket to its keeper: requests with answers, and what the keeper tells unasked. */
export class Connection {
  readonly #waiting = new Map<number, Waiting>();
  #next = 1;
  onNote: (line: string) => void = () => undefined;
  onDeath: (death: Death) => void = () => undefined;
  /** Resolves when the socket is closed, by whichever side. */
  readonly closed: Promise<void>;

  constructor(
    private readonly socket: Socket,
    readonly address: string,
  ) {
    this.closed = new Promise((resolve) => {
      socket.once('close', () => {
        for (const { reject } of this.#waiting.values()) reject(new LostKeeper(address));
        this.#waiting.clear();
        resolve();
      });
    });
    socket.on('error', () => undefined);
    onMessage(socket, (message) => {
      this.#take(reply.parse(message));
    });
  }

  #take(said: z.infer<typeof reply>): void {
    if ('note' in said) this.onNote(said.note);
    else if ('death' in said) this.onDeath(said.death);
    else this.#settle(said.id, said);
  }

  #settle(id: number, said: { ok?: unknown } | { error: { message: string; exitCode: 1 | 2 } }): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if ('error' in said) waiting?.reject(new StackError(said.error.message, said.error.exitCode));
    else waiting?.resolve(said.ok);
  }

  /** One request, answered within the time. @throws StackError as the keeper says, or when it does not answer. */
  async ask<T>(what: Ask, answer: z.ZodType<T>, withinMs: number): Promise<T> {
    const id = this.#next++;
    const asked = new Promise<unknown>((resolve, reject) => {
      if (this.socket.destroyed) reject(new LostKeeper(this.address));
      else this.#waiting.set(id, { resolve, reject });
    });
    const clock = setTimeout(() => {
      this.#waiting
        .get(id)
        ?.reject(new StackError(`Expected an answer to \`${what.op}\` within ${withinMs / 1000} s, got none (${this.address}).`));
    }, withinMs);
    send(this.socket, { id, ...what });
    try {
      return answer.parse(await asked);
    } finally {
      clearTimeout(clock);
      this.#waiting.delete(id);
    }
  }

  end(): void {
    this.socket.destroy();
  }
}
