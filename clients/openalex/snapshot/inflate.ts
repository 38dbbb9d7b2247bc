import { constants, createGunzip, type Gunzip } from 'node:zlib';

/** What stands behind Node's streams: inflates into memory of ours, at our pace. Node's own `gunzipSync` is made of it. */
interface Handle {
  onerror: (message: string, errno: number, code: string) => void;
  writeSync(flush: number, input: Buffer, inputAt: number, inputBytes: number, output: Buffer, outputAt: number, outputBytes: number): void;
  close(): void;
}

type Opened = Gunzip & { _handle: Handle; _writeState: Uint32Array };

const NOTHING = Buffer.alloc(0);

/**
 * Inflates gzip into a buffer that is used again and again: a new buffer per piece, as the public stream makes, costs as much as the inflating
 * saves. Takes files of several members.
 */
export class Inflater {
  readonly #gunzip = createGunzip() as Opened;
  #failed: Error | null = null;
  #input: Buffer = NOTHING;
  #inputAt = 0;

  constructor() {
    const { _handle: handle, _writeState: state } = this.#gunzip as Partial<Opened>;
    if (typeof handle?.writeSync !== 'function' || state?.length !== 2)
      throw new Error(`Expected a zlib with writeSync, got another one (Node ${process.versions.node}). Use Node 20 to 24.`);
    handle.onerror = (message, _errno, code) => (this.#failed = new Error(`${message} (${code})`));
  }

  /** The next piece of the packed file; the one before must be used up. */
  feed(input: Buffer): void {
    this.#input = input;
    this.#inputAt = 0;
  }

  /** Fills `output` from `at` on. @returns bytes written: fewer than fit when the piece is used up. @throws Error of zlib */
  fill(output: Buffer, at: number, bytes: number): number {
    return this.#write(constants.Z_NO_FLUSH, output, at, bytes);
  }

  /** Says that there is no more. @throws Error when the packed file ends too early */
  finish(output: Buffer, at: number): number {
    this.feed(NOTHING);
    return this.#write(constants.Z_FINISH, output, at, output.length - at);
  }

  get isUsedUp(): boolean {
    return this.#inputAt >= this.#input.length;
  }

  close(): void {
    this.#gunzip.close();
  }

  #write(flush: number, output: Buffer, at: number, bytes: number): number {
    const left = this.#input.length - this.#inputAt;
    this.#gunzip._handle.writeSync(flush, this.#input, this.#inputAt, left, output, at, bytes);
    if (this.#failed !== null) throw this.#failed;
    const [outputLeft, inputLeft] = this.#gunzip._writeState as unknown as [number, number];
    this.#inputAt = this.#input.length - inputLeft;
    return bytes - outputLeft;
  }
}
