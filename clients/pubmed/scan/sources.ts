import { closeSync, openSync, readSync } from 'node:fs';
import { inflating } from './inflating';

/** Bytes taken from the disk at a time. */
const SLICE = 256 * 1024;

/** Gives bytes in order: fills part of `into` from `at` on, and says how many; 0 at the end. */
export interface ByteSource {
  read(into: Uint8Array, at: number): number | Promise<number>;
  close(): void;
}

/** The text of a file, inflated if its first two bytes are gzip's. Reads without giving way: it belongs in a thread of its own. */
export function openText(path: string): ByteSource {
  const file = openSync(path, 'r');
  const close = (): void => closeSync(file);
  const magic = Buffer.alloc(2);
  readSync(file, magic, 0, 2, 0);
  if (magic[0] === 0x1f && magic[1] === 0x8b) return inflating(slices(file), close);
  return { read: (into, at) => readSync(file, into, at, into.length - at, null), close };
}

/** The same for bytes at hand. */
export function textOfBytes(bytes: Uint8Array): ByteSource {
  let from = 0;
  const plain: ByteSource = {
    read(into, at) {
      const count = Math.min(into.length - at, bytes.length - from);
      into.set(bytes.subarray(from, from + count), at);
      from += count;
      return count;
    },
    close: () => undefined,
  };
  return bytes[0] === 0x1f && bytes[1] === 0x8b ? inflating([bytes].values(), () => undefined) : plain;
}

function* slices(file: number): Generator<Uint8Array> {
  const slice = Buffer.allocUnsafeSlow(SLICE);
  for (let count = readSync(file, slice, 0, SLICE, null); count > 0; count = readSync(file, slice, 0, SLICE, null))
    yield slice.subarray(0, count);
}
