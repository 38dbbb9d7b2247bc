import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { AwsV4Signer } from 'aws4fetch';
import { request, type Dispatcher } from 'undici';
import { urlOf, type BucketSettings } from '../../config/bucket';
import { BucketRefused, BucketTrouble } from './bucket-errors';

/** A bucket with what its requests are signed with. */
export interface BucketAccess extends BucketSettings {
  readonly secretAccessKey: string;
  readonly sessionToken: string | null;
  /** How long the bucket may be silent. */
  readonly timeoutMs: number;
}

export interface BucketWish {
  readonly method: 'GET' | 'HEAD' | 'PUT';
  /** Below the prefix. */
  readonly key: string;
  /** Made anew for each try. */
  readonly body?: () => Buffer | Readable;
  /** Of the body. The bucket refuses other bytes than these. */
  readonly sha256?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export type Taken = Pick<Dispatcher.ResponseData, 'headers' | 'body'>;

const PAUSES_MS = [250, 1_000, 4_000];
const EMPTY_SHA256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

/**
 * Asks the bucket, and again with growing pauses when it is in trouble; `take` has to read the body to its end.
 * @returns null when there is no such object
 * @throws BucketTrouble, BucketRefused
 */
export async function askBucket<T>(access: BucketAccess, wish: BucketWish, take: (answer: Taken) => Promise<T>): Promise<T | null> {
  for (const pause of PAUSES_MS) {
    try {
      return await once(access, wish, take);
    } catch (error) {
      if (!(error instanceof BucketTrouble)) throw error;
      await sleep(pause);
    }
  }
  return once(access, wish, take);
}

async function once<T>(access: BucketAccess, wish: BucketWish, take: (answer: Taken) => Promise<T>): Promise<T | null> {
  try {
    const answer = await send(access, wish);
    if (answer.statusCode === 200) return await take(answer);
    const code = /<Code>(\w+)<\/Code>/.exec(await answer.body.text())?.[1] ?? '';
    if (answer.statusCode === 404 && code !== 'NoSuchBucket') return null;
    throw refusal(access, wish, answer, code);
  } catch (error) {
    if (error instanceof BucketTrouble || error instanceof BucketRefused) throw error;
    throw new BucketTrouble(
      `Expected an answer from the bucket, got "${(error as Error).message}" (${nameOf(access, wish)}). Check the network and AWS_ENDPOINT_URL_S3.`,
    );
  }
}

async function send(access: BucketAccess, { method, key, body, sha256, headers = {} }: BucketWish): Promise<Dispatcher.ResponseData> {
  const signer = new AwsV4Signer({
    method,
    url: addressOf(access, key),
    headers: { ...headers, 'x-amz-content-sha256': sha256 ?? EMPTY_SHA256 },
    accessKeyId: access.accessKeyId,
    secretAccessKey: access.secretAccessKey,
    sessionToken: access.sessionToken ?? undefined,
    service: 's3',
    region: access.region,
  });
  const signed = await signer.sign();
  return request(signed.url, {
    method,
    headers: Object.fromEntries(signed.headers),
    body: body?.(),
    headersTimeout: access.timeoutMs,
    bodyTimeout: access.timeoutMs,
  });
}

/**
 * By host name at Amazon, as it wants it; a name with a dot has no certificate there, and servers of one's own have one host. The path is
 * encoded as it is signed: not every server does that again.
 */
function addressOf({ name, prefix, endpoint, region }: BucketSettings, key: string): string {
  const path = `${prefix}/${key}`.split('/').filter(Boolean).map(encodeURIComponent).join('/');
  if (endpoint !== null) return `${endpoint}/${name}/${path}`;
  const host = `s3.${region}.amazonaws.com`;
  return name.includes('.') ? `https://${host}/${name}/${path}` : `https://${name}.${host}/${path}`;
}

function refusal(access: BucketAccess, wish: BucketWish, { statusCode, headers }: Dispatcher.ResponseData, code: string): Error {
  const got = `got ${statusCode}${code === '' ? '' : ` ${code}`} (${nameOf(access, wish)})`;
  if (statusCode >= 500 || statusCode === 429 || code === 'RequestTimeout' || code === 'SlowDown')
    return new BucketTrouble(`Expected an answer from the bucket, ${got}. Try again later.`);
  const region = headers['x-amz-bucket-region'];
  const advice =
    typeof region === 'string' && region !== access.region
      ? `Set AWS_REGION=${region}.`
      : 'Check ATLAS_BLOBS_URL, the AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, and that they may get, put and list objects there.';
  return new BucketRefused(`Expected the bucket to take the request, ${got}. ${advice}`);
}

function nameOf(access: BucketAccess, { method, key }: BucketWish): string {
  return `${method} ${urlOf(access)}/${key} at ${access.endpoint ?? `Amazon, ${access.region}`}`;
}
