import { pipeline, Readable } from 'node:stream';
import { constants, createGunzip, type Gunzip } from 'node:zlib';
import type { ByteSource } from './sources';
import { Unusual } from './unusual';

/** Bytes of a chunk where a stream must be used: small ones cost half again as much. */
const CHUNK = 1024 * 1024;

/**
 * What stands behind Node's zlib streams. Writing to it inflates straight into a buffer that is used again, a fifth cheaper than a stream,
 * which allocates each chunk. It is no public interface: where it looks otherwise, the stream does the work.
 */
interface Inflater {
  writeSync(flush: number, from: Uint8Array, at: number, count: number, into: Uint8Array, offset: number, room: number): void;
  onerror: (message: string) => void;
}
interface Opened {
  _handle?: Partial<Inflater> | null;
  /** Bytes of room and of input left over by the last write. */
  _writeState?: unknown;
}

/** The inflated text of a gzip file of one or more members. Throws Unusual where it is cut off or damaged. */
export function inflating(chunks: Iterator<Uint8Array>, close: ByteSource['close']): ByteSource {
  const gunzip = createGunzip({ chunkSize: CHUNK });
  const { _handle: handle, _writeState: left } = gunzip as unknown as Opened;
  if (typeof handle?.writeSync !== 'function' || !(left instanceof Uint32Array) || left.length !== 2)
    return streaming(gunzip, chunks, close);
  return direct({ gunzip, handle: handle as Inflater, left, chunks, close });
}

interface Parts {
  readonly gunzip: Gunzip;
  readonly handle: Inflater;
  readonly left: Uint32Array;
  readonly chunks: Iterator<Uint8Array>;
  readonly close: ByteSource['close'];
}

function direct({ gunzip, handle, left, chunks, close }: Parts): ByteSource {
  let chunk: Uint8Array = new Uint8Array(0);
  let [at, total, ended] = [0, 0, false];
  handle.onerror = (message) => {
    throw new Unusual(message, total, true);
  };
  const inflate = (into: Uint8Array, offset: number): number => {
    const room = into.length - offset;
    handle.writeSync(ended ? constants.Z_FINISH : constants.Z_NO_FLUSH, chunk, at, chunk.length - at, into, offset, room);
    at = chunk.length - left[1]!;
    return room - left[0]!;
  };
  return {
    read(into, offset) {
      for (;;) {
        const count = inflate(into, offset);
        total += count;
        if (count > 0 || ended) return count;
        const next = chunks.next();
        ended = next.done === true;
        [chunk, at] = [next.done === true ? new Uint8Array(0) : next.value, 0];
      }
    },
    close() {
      gunzip.close();
      close();
    },
  };
}

function streaming(gunzip: Gunzip, chunks: Iterator<Uint8Array>, close: ByteSource['close']): ByteSource {
  // The callback stays empty: an error of either stream reaches the reader below.
  pipeline(Readable.from(everyChunk(chunks)), gunzip, () => undefined);
  const inflated = (gunzip as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
  let rest: Uint8Array = new Uint8Array(0);
  let total = 0;
  return {
    async read(into, at) {
      if (rest.length === 0) {
        const next = await inflated.next().catch((error: Error) => {
          throw new Unusual(error.message, total, true);
        });
        if (next.done === true) return 0;
        rest = next.value;
      }
      const count = Math.min(rest.length, into.length - at);
      into.set(rest.subarray(0, count), at);
      rest = rest.subarray(count);
      total += count;
      return count;
    },
    close() {
      gunzip.destroy();
      close();
    },
  };
}

/** Copies, since the stream may still hold one when the next is read. */
function* everyChunk(chunks: Iterator<Uint8Array>): Generator<Uint8Array> {
  for (let next = chunks.next(); next.done !== true; next = chunks.next()) yield Uint8Array.from(next.value);
}
