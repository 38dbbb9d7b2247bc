import { type FileHandle, open } from 'node:fs/promises';
import { inflating } from './inflating';

/** Bytes taken from the disk at a time. */
const SLICE = 256 * 1024;

/** Gives bytes in order: fills part of `into` from `at` on, and says how many; 0 at the end. */
export interface ByteSource {
  read(into: Uint8Array, at: number): number | Promise<number>;
  close(): void | Promise<void>;
}

/** The text of a file, inflated if its first two bytes are gzip's. Memory stays bounded whatever its size. */
export async function openText(path: string): Promise<ByteSource> {
  const file = await open(path);
  const magic = Buffer.alloc(2);
  await file.read(magic, 0, 2, 0);
  return magic[0] === 0x1f && magic[1] === 0x8b ? inflating(compressed(file), () => file.close()) : plain(file);
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
  return bytes[0] === 0x1f && bytes[1] === 0x8b ? inflating(once(bytes), () => undefined) : plain;
}

function plain(file: FileHandle): ByteSource {
  return { read: async (into, at) => (await file.read(into, at, into.length - at)).bytesRead, close: () => file.close() };
}

async function* compressed(file: FileHandle): AsyncGenerator<Uint8Array> {
  const slice = Buffer.allocUnsafeSlow(SLICE);
  for (;;) {
    const { bytesRead } = await file.read(slice, 0, SLICE);
    if (bytesRead === 0) return;
    yield slice.subarray(0, bytesRead);
  }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
