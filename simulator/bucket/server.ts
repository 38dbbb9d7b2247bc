import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { deliver } from '../faults/deliver';
import { FaultBox } from '../faults/box';
import { answer, xml, type Answer } from '../exchange';
import { refusedBySignature, type Credentials } from './signature';

interface Kept {
  bytes: Buffer;
  meta: Record<string, string>;
}

export interface SimulatedBucket {
  /** What `AWS_ENDPOINT_URL_S3` is set to. */
  endpoint: string;
  /** By key. */
  objects: Map<string, Kept>;
  /** Every request: method and path. */
  seen: string[];
  faults: FaultBox;
  /** Without this right, an object that is missing is answered with 403. */
  mayList: boolean;
  close(): Promise<void>;
}

/** An S3-compatible bucket in memory on 127.0.0.1, addressed by path. Takes only what is signed as it should be. */
export async function startBucket(name: string, credentials: Credentials): Promise<SimulatedBucket> {
  const bucket: Omit<SimulatedBucket, 'endpoint' | 'close'> = { objects: new Map(), seen: [], faults: new FaultBox(), mayList: true };
  const serve = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const { method = 'GET', url = '/' } = incoming;
    bucket.seen.push(`${method} ${url}`);
    const fault = bucket.faults.take(url);
    const said = fault?.status === undefined ? answerTo(incoming, Buffer.concat(chunks)) : refused(fault.status, 'SlowDown');
    if (method === 'HEAD') response.writeHead(said.status, { ...said.headers, 'content-length': said.body.length }).end();
    else await deliver(response, said, fault);
  };
  const answerTo = (incoming: IncomingMessage, body: Buffer): Answer => {
    const code = refusedBySignature(incoming, body, credentials);
    if (code !== null) return refused(code.endsWith('Mismatch') ? 400 : 403, code);
    const [, asked, ...rest] = decodeURIComponent((incoming.url ?? '/').split('?')[0]!).split('/');
    if (asked !== name) return refused(404, 'NoSuchBucket');
    return incoming.method === 'PUT' ? put(bucket.objects, { key: rest.join('/'), incoming, body }) : get(bucket, rest.join('/'));
  };
  const server = createServer((incoming, response) => void serve(incoming, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => {
        resolve();
      });
      server.closeAllConnections();
    });
  return Object.assign(bucket, { endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close });
}

function put(objects: Map<string, Kept>, { key, incoming, body }: { key: string; incoming: IncomingMessage; body: Buffer }): Answer {
  const meta = Object.entries(incoming.headers).filter(([header]) => header.startsWith('x-amz-meta-'));
  objects.set(key, { bytes: body, meta: Object.fromEntries(meta) as Record<string, string> });
  return answer(200, 'application/xml', '', { etag: etagOf(body) });
}

function get({ objects, mayList }: Pick<SimulatedBucket, 'objects' | 'mayList'>, key: string): Answer {
  const kept = objects.get(key);
  if (kept === undefined) return mayList ? refused(404, 'NoSuchKey') : refused(403, 'AccessDenied');
  return answer(200, 'binary/octet-stream', kept.bytes, { etag: etagOf(kept.bytes), ...kept.meta });
}

const etagOf = (bytes: Buffer): string => `"${createHash('md5').update(bytes).digest('hex')}"`;

const refused = (status: number, code: string): Answer =>
  xml(status, `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code></Error>`);
