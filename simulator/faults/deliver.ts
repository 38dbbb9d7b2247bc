import type { ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { Answer } from '../exchange';
import type { Fault } from './kinds';

const DRIPS = 8;

/** Sends an answer, the way the fault has it. */
export async function deliver(response: ServerResponse, answer: Answer, fault: Fault | null): Promise<void> {
  switch (fault?.kind) {
    case 'hang':
      return;
    case 'reset':
      return void response.socket?.resetAndDestroy();
    case 'reset-body':
      return half(response, answer, () => response.socket?.resetAndDestroy());
    case 'truncate':
      return half(response, answer, () => response.socket?.destroy());
    case 'stall':
      return half(response, answer, () => undefined);
    case 'truncate-gzip':
      return send(response, cutGzip(answer));
    case 'drip':
      return drip(response, answer, fault.delay);
    case 'slow':
      await delay(fault.delay);
      return send(response, answer);
    default:
      return send(response, answer);
  }
}

export function send(response: ServerResponse, answer: Answer): void {
  if (response.destroyed) return;
  response.writeHead(answer.status, { ...answer.headers, 'content-length': answer.body.length }).end(answer.body);
}

function half(response: ServerResponse, answer: Answer, then: () => void): void {
  response.writeHead(answer.status, { ...answer.headers, 'content-length': answer.body.length });
  response.write(answer.body.subarray(0, answer.body.length >> 1), then);
}

/** Whole by its length, and yet the gzip stream in it has no end. */
function cutGzip(answer: Answer): Answer {
  const packed = gzipSync(answer.body);
  return { ...answer, headers: { ...answer.headers, 'content-encoding': 'gzip' }, body: packed.subarray(0, packed.length - 12) };
}

async function drip(response: ServerResponse, answer: Answer, milliseconds: number): Promise<void> {
  const { length } = answer.body;
  response.writeHead(answer.status, { ...answer.headers, 'content-length': length });
  for (let part = 0; part < DRIPS && !response.destroyed; part++) {
    response.write(answer.body.subarray(Math.floor((part * length) / DRIPS), Math.floor(((part + 1) * length) / DRIPS)));
    await delay(milliseconds / DRIPS);
  }
  response.end();
}
