import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isNativeError } from 'node:util/types';
import { createFetcher, type FetcherOptions } from '../../clients/http/fetcher';
import type { Clock } from '../../clients/http/clock';
import { defaultPace, memoryArchive, memoryLedger, memoryLimiter } from '../../clients/http/memory';

export interface Reply {
  status?: number;
  headers?: Record<string, string>;
  body?: string | Buffer;
  /** What goes wrong on the wire instead of, or while, answering. */
  fault?: 'reset' | 'cut' | 'silent' | 'stall';
}

export interface Seen {
  method: string;
  url: string;
  headers: IncomingMessage['headers'];
  body: string;
}

/** A server that gives its replies in order, the last one for ever, and remembers what it was asked. */
export async function scriptedServer(replies: Reply[] | ((seen: Seen) => Reply)) {
  const seen: Seen[] = [];
  const server = createServer((incoming, response) => {
    const parts: Buffer[] = [];
    incoming.on('data', (part: Buffer) => parts.push(part));
    incoming.on('end', () => {
      const asked = {
        method: incoming.method ?? '',
        url: incoming.url ?? '',
        headers: incoming.headers,
        body: Buffer.concat(parts).toString(),
      };
      seen.push(asked);
      const reply = typeof replies === 'function' ? replies(asked) : replies[Math.min(seen.length, replies.length) - 1];
      give(reply ?? {}, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { base, seen, close };
}

function give({ status = 200, headers = {}, body = '', fault }: Reply, response: ServerResponse): void {
  const bytes = Buffer.from(body);
  if (fault === 'reset') return void response.socket?.resetAndDestroy();
  if (fault === 'silent') return;
  response.writeHead(status, { ...headers, 'content-length': bytes.length });
  if (fault === undefined) return void response.end(bytes);
  response.write(bytes.subarray(0, bytes.length >> 1), () => fault === 'cut' && response.socket?.destroy());
}

/** Time that passes only by sleeping. */
export function handTurnedClock(start = Date.UTC(2026, 8, 1, 12)): Clock & { slept: number[] } {
  let time = start;
  const slept: number[] = [];
  return {
    slept,
    now: () => time,
    sleep: async (milliseconds, signal) => {
      signal?.throwIfAborted();
      slept.push(milliseconds);
      time += milliseconds;
    },
  };
}

/** A fetcher on one address with archive, ledger and clock that can be looked into. */
export function fetcherOn(base: string | FetcherOptions['bases'], options: Partial<FetcherOptions> = {}) {
  const clock = handTurnedClock();
  const archive = memoryArchive();
  const ledger = memoryLedger();
  const bases = typeof base === 'string' ? { openalex: base, eutils: base, bulk: base, snapshot: base } : base;
  const limiter = memoryLimiter(defaultPace(false), clock);
  const parts = { bases, secrets: {}, archive, ledger, limiter, clock, random: () => 0.5, userAgent: 'research-atlas-test', ...options };
  return { ...createFetcher(parts), archive, ledger, clock };
}

/** The error a promise is rejected with. */
export async function errorOf(promise: Promise<unknown>): Promise<Error> {
  try {
    await promise;
  } catch (error) {
    if (isNativeError(error)) return error;
    throw error;
  }
  throw new Error('Expected a rejection, got a value (test).');
}
