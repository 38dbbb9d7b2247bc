import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Answer } from '../exchange';
import type { Fault } from './kinds';

/** The true answer with something wrong in it; as it is where the fault does not apply. */
export function spoilt(answer: Answer, fault: Fault, cursor: string | null): Answer {
  if (answer.status !== 200) return answer;
  const { kind } = fault;
  if (kind === 'corrupt' || kind === 'replaced')
    return { ...answer, body: otherBytes(answer.body, kind === 'corrupt' ? 1 : answer.body.length >> 1) };
  if (kind === 'wrong-md5') return { ...answer, body: otherMd5(answer.body) };
  if (kind === 'truncate-gzip') return answer;
  const type = answer.headers['content-type'] ?? '';
  if (type.startsWith('application/json')) return { ...answer, body: otherList(answer.body, kind, cursor) };
  return type.startsWith('text/xml') ? { ...answer, body: otherSet(answer.body, kind) } : answer;
}

/** So many bytes from the middle on are others: a flipped bit, or a file that was replaced while it was read. */
function otherBytes(body: Buffer, count: number): Buffer {
  const start = body.length >> 1;
  return Buffer.from(body.map((byte, index) => (index >= start && index < start + count ? byte ^ 0x55 : byte)));
}

function otherMd5(body: Buffer): Buffer {
  return Buffer.from(body.toString().replace(/[0-9a-f]{32}/, createHash('md5').update(body).digest('hex')));
}

const listSchema = z.looseObject({ meta: z.looseObject({ next_cursor: z.string().nullish() }), results: z.array(z.unknown()) });

/** Rows shift while one pages: one is skipped, or comes again in place of another; or the cursor leads nowhere new. */
function otherList(body: Buffer, kind: Fault['kind'], cursor: string | null): Buffer {
  const list = listSchema.safeParse(JSON.parse(body.toString()));
  if (!list.success) return body;
  const { meta, results } = list.data;
  if (kind === 'missing') results.shift();
  if (kind === 'duplicate' && results.length > 1) results[results.length - 1] = results[0];
  if (kind === 'same-cursor' && meta.next_cursor != null) meta.next_cursor = cursor;
  if (kind === 'old-cursor' && meta.next_cursor != null) meta.next_cursor = '*';
  return Buffer.from(JSON.stringify(list.data));
}

/** A record fewer, or one that nobody asked for. */
function otherSet(body: Buffer, kind: Fault['kind']): Buffer {
  const text = body.toString();
  const first = /<PubmedArticle>[^]*?<\/PubmedArticle>\n?/.exec(text)?.[0];
  if (first === undefined) return body;
  if (kind === 'missing') return Buffer.from(text.replace(first, ''));
  if (kind === 'foreign') return Buffer.from(text.replace(first, () => first.replaceAll(/(<PMID[^>]*>)\d+/g, '$11') + first));
  return body;
}
