import { promisify } from 'node:util';
import { isNativeError } from 'node:util/types';
import { gunzip } from 'node:zlib';
import type { Dispatcher } from 'undici';
import { BrokenAnswer, Unreachable } from './errors';
import type { Outgoing } from './outgoing';

export interface Limits {
  connectMs: number;
  /** From the request to the last header. */
  headersMs: number;
  /** Between two pieces of the body. */
  bodyMs: number;
  /** The whole answer, files excepted: a body that drips passes the limit between pieces. */
  answerMs: number;
  /** Size of an answer, unpacked. */
  answerBytes: number;
  fileBytes: number;
}

const MEBIBYTE = 2 ** 20;

/** The largest real answers are pages of 100 works (10 MiB) and bulk files (100 MiB). */
export const defaultLimits: Limits = {
  connectMs: 10_000,
  headersMs: 60_000,
  bodyMs: 60_000,
  answerMs: 300_000,
  answerBytes: 128 * MEBIBYTE,
  fileBytes: 2048 * MEBIBYTE,
};

export interface Opened {
  status: number;
  headers: Record<string, string>;
  /** Rejects with BrokenAnswer when the answer breaks off or grows too large. */
  chunks: AsyncIterable<Buffer>;
}

export interface Arrived {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
}

export interface Line {
  dispatcher: Dispatcher;
  limits: Limits;
  /** How the request is called in messages. */
  where: string;
  signal?: AbortSignal;
}

/** Sends, and returns as soon as the headers are there. @throws Unreachable, or the reason of an aborted signal */
export async function open(out: Outgoing, line: Line, maxBytes: number): Promise<Opened> {
  const { limits, dispatcher, signal } = line;
  const url = new URL(out.url);
  try {
    const { statusCode, headers, body } = await dispatcher.request({
      origin: url.origin,
      path: url.pathname + url.search,
      method: out.method,
      headers: out.headers,
      body: out.body,
      headersTimeout: limits.headersMs,
      bodyTimeout: limits.bodyMs,
      signal,
    });
    return { status: statusCode, headers: flat(headers), chunks: guarded(body, line, maxBytes) };
  } catch (error) {
    throw translated(
      error,
      line,
      (cause) => new Unreachable(`Expected an answer, got ${cause} (${line.where}). Check the network and try again.`, { reason: cause }),
    );
  }
}

/** Sends and takes the whole answer, unpacked; `begun` hears of it when its headers are there. @throws Unreachable, BrokenAnswer */
export async function send(out: Outgoing, line: Line, begun: (opened: Opened) => void = () => undefined): Promise<Arrived> {
  const deadline = AbortSignal.timeout(line.limits.answerMs);
  const signal = line.signal ? AbortSignal.any([line.signal, deadline]) : deadline;
  const opened = await open(out, { ...line, signal }, line.limits.answerBytes).catch(unlessAborted(line.signal));
  begun(opened);
  return collect(opened, line).catch(unlessAborted(line.signal));
}

/** Takes the rest of an opened answer into memory. */
export async function collect({ status, headers, chunks }: Opened, line: Line): Promise<Arrived> {
  const parts: Buffer[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  const packed = Buffer.concat(parts);
  return { status, headers, body: headers['content-encoding'] === 'gzip' ? await unpack(packed, line) : packed };
}

async function unpack(packed: Buffer, { limits, where }: Line): Promise<Buffer> {
  try {
    return await promisify(gunzip)(packed, { maxOutputLength: limits.answerBytes });
  } catch (error) {
    throw new BrokenAnswer(
      `Expected a whole gzip body of at most ${limits.answerBytes} bytes, got ${causeOf(error)} (${where}). Try again.`,
    );
  }
}

async function* guarded(body: AsyncIterable<Buffer>, line: Line, maxBytes: number): AsyncGenerator<Buffer> {
  let bytes = 0;
  try {
    for await (const chunk of body) {
      bytes += chunk.length;
      if (bytes > maxBytes)
        throw new BrokenAnswer(`Expected an answer of at most ${maxBytes} bytes, got more (${line.where}). Ask for less at once.`);
      yield chunk;
    }
  } catch (error) {
    throw translated(
      error,
      line,
      (cause) => new BrokenAnswer(`Expected a whole answer, got ${cause} after ${bytes} bytes (${line.where}). Try again.`),
    );
  }
}

/** A cancelled caller gets its own reason; a missed deadline and everything else become errors of the service. */
function translated(error: unknown, { signal }: Line, wrap: (cause: string) => Error): unknown {
  if (error instanceof BrokenAnswer) return error;
  if (signal?.aborted && !isDeadline(signal.reason)) return signal.reason;
  return wrap(causeOf(error));
}

function unlessAborted(signal: AbortSignal | undefined): (error: unknown) => never {
  return (error) => {
    signal?.throwIfAborted();
    throw error;
  };
}

function isDeadline(reason: unknown): boolean {
  return typeof reason === 'object' && reason !== null && 'name' in reason && reason.name === 'TimeoutError';
}

function causeOf(error: unknown): string {
  if (!isNativeError(error)) return 'an unknown fault';
  const code = 'code' in error && typeof error.code === 'string' ? `${error.code}: ` : '';
  return `"${code}${error.message}"`;
}

function flat(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const entries = Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name.toLowerCase(), String(value)]]));
  return Object.fromEntries(entries) as Record<string, string>;
}
