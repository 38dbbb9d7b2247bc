import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { refuse } from './file-error';

/** Bytes held at a time, whatever the size of the file. */
const sliceBytes = 256 * 1024;

/** The text of a file in slices: inflated if its first two bytes are gzip's. Throws PubmedFileError on a damaged gzip. */
export async function* plainBytes(source: AsyncIterable<Uint8Array> | Uint8Array, file: string): AsyncGenerator<Uint8Array> {
  const { head, rest } = await peek(source instanceof Uint8Array ? slices(source) : source[Symbol.asyncIterator]());
  const whole = chained(head, rest);
  if (head[0] === 0x1f && head[1] === 0x8b) yield* inflate(whole, file);
  else yield* whole;
}

async function* slices(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += sliceBytes) yield bytes.subarray(at, at + sliceBytes);
}

/** The first chunks, until they hold the two bytes that tell gzip. */
async function peek(rest: AsyncIterator<Uint8Array>) {
  let head = Buffer.alloc(0);
  while (head.length < 2) {
    const { value, done } = await rest.next();
    if (done) break;
    head = Buffer.concat([head, value]);
  }
  return { head, rest };
}

async function* chained(head: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    if (head.length > 0) yield head;
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}

async function* inflate(gzipped: AsyncIterable<Uint8Array>, file: string): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip({ chunkSize: sliceBytes });
  // The callback stays empty: an error of either stream reaches the loop below, which reads the last one.
  pipeline(Readable.from(gzipped), gunzip, () => undefined);
  let offset = 0;
  try {
    for await (const slice of gunzip as AsyncIterable<Buffer>) {
      yield slice;
      offset += slice.length;
    }
  } catch (error) {
    if (!isZlibError(error)) throw error;
    throw refuse(file, { what: `a gzip file that is cut off or damaged: ${error.message}`, offset });
  }
}

/** By its code, not by instanceof: an error of Node's own may come from another realm (a test's, a vm's). */
function isZlibError(error: unknown): error is { message: string } {
  return typeof error === 'object' && error !== null && 'code' in error && String(error.code).startsWith('Z_');
}
