import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startBucket, type SimulatedBucket } from '../../simulator/bucket/server';
import { refusedBySignature } from '../../simulator/bucket/signature';
import { blobPath, digestOf } from '../../store/blobs/blobs';
import { BlobBucket } from '../../store/blobs/bucket';
import type { BucketAccess } from '../../store/blobs/bucket-request';
import { bucketShelf } from '../../store/blobs/shelf';

const SECRET = 'bucket+secret/Key';
let bucket: SimulatedBucket;
let access: BucketAccess;
beforeEach(async () => {
  bucket = await startBucket('atlas', { accessKeyId: 'AK1', secretAccessKey: SECRET });
  access = {
    name: 'atlas',
    prefix: 'team/one=1',
    endpoint: bucket.endpoint,
    region: 'eu-central-1',
    accessKeyId: 'AK1',
    secretAccessKey: SECRET,
    sessionToken: null,
    timeoutMs: 500,
  };
});
afterEach(() => bucket.close());

const bytes = Buffer.from('\u0000 what a service answered, é');

test('what is put is read back, byte for byte, below the prefix under the name it has in a home', async () => {
  const blobs = new BlobBucket(access);
  const digest = await blobs.put(bytes);
  expect(digest).toBe(createHash('sha256').update(bytes).digest('hex'));
  expect([...bucket.objects.keys()]).toEqual([`team/one=1/${blobPath(digest)}`]);
  expect(await blobs.read(digest)).toEqual(bytes);
  expect(await new BlobBucket({ ...access, prefix: '', sessionToken: 'token' }).read(digest)).toBeNull();
});

test('an object that is missing or was changed is a miss', async () => {
  const blobs = new BlobBucket(access);
  expect(await blobs.read(digestOf(bytes))).toBeNull();
  const digest = await blobs.put(bytes);
  bucket.objects.get(`team/one=1/${blobPath(digest)}`)!.bytes = Buffer.from('other');
  expect(await blobs.read(digest)).toBeNull();
  await blobs.put(bytes);
  expect(await blobs.read(digest)).toEqual(bytes);
});

test.each(['reset', 'reset-body', 'truncate', 'hang', 'stall'])('a %s passes: the request is sent again', async (kind) => {
  const blobs = new BlobBucket(access);
  const digest = await blobs.put(bytes);
  bucket.faults.arm({ kind });
  expect(await blobs.read(digest)).toEqual(bytes);
  expect(bucket.seen.filter((line) => line.startsWith('GET'))).toHaveLength(2);
});

test('a bucket that stays in trouble is trouble that passes, never a miss that would be paid for again', async () => {
  const blobs = new BlobBucket(access);
  const digest = await blobs.put(bytes);
  bucket.faults.arm({ status: 503, times: 4 });
  await expect(blobs.read(digest)).rejects.toMatchObject({ name: 'BucketTrouble', retryable: true });
  expect(await blobs.read(digest)).toEqual(bytes);
}, 15_000);

test.each<[string, Partial<BucketAccess>, RegExp]>([
  ['a wrong secret', { secretAccessKey: 'wrong' }, /got 403 SignatureDoesNotMatch .*AWS_SECRET_ACCESS_KEY/],
  ['an unknown key', { accessKeyId: 'AK2' }, /got 403 InvalidAccessKeyId/],
  ['another bucket', { name: 'other' }, /got 404 NoSuchBucket .*Check ATLAS_BLOBS_URL/],
])('%s is refused at once, with what to do', async (_name, wrong, message) => {
  const check = new BlobBucket({ ...access, ...wrong }).check();
  await expect(check).rejects.toMatchObject({ name: 'BucketRefused', exitCode: 2, message: expect.stringMatching(message) as string });
  await expect(check).rejects.not.toMatchObject({ message: expect.stringContaining(SECRET) as string });
  expect(bucket.seen).toHaveLength(1);
});

test('the check sees that a right is missing which only shows when an object is', async () => {
  await new BlobBucket(access).check();
  bucket.mayList = false;
  await expect(new BlobBucket(access).check()).rejects.toThrow('s3:ListBucket');
});

test('bytes that arrive other than they were signed are not kept', async () => {
  const { send } = tampered(bucket.endpoint);
  expect(await send(`/atlas/${blobPath(digestOf(bytes))}`, access)).toBe(400);
  expect(bucket.objects.size).toBe(0);
});

/** An upload whose body is changed after it was signed. */
function tampered(endpoint: string) {
  return {
    async send(place: string, { accessKeyId, secretAccessKey, region }: BucketAccess): Promise<number> {
      const { AwsV4Signer } = await import('aws4fetch');
      const headers = { 'x-amz-content-sha256': digestOf(bytes) };
      const signer = new AwsV4Signer({
        method: 'PUT',
        url: endpoint + place,
        headers,
        accessKeyId,
        secretAccessKey,
        region,
        service: 's3',
      });
      const signed = await signer.sign();
      return (await fetch(signed.url, { method: 'PUT', headers: signed.headers, body: 'something else' })).status;
    },
  };
}

/** Signed by botocore 1.x (S3SigV4Auth): a check of the simulated bucket by somebody else's hand. */
test('the simulated bucket takes what another program signed, and nothing else under that signature', () => {
  const signed = 'host;x-amz-content-sha256;x-amz-date;x-amz-meta-sha256;x-amz-security-token';
  const signature = '1569a2d9b2c737d9a1ce7de6d92a72b40286ae2cbab836867e960298f54e7d2a';
  const headers = {
    host: '127.0.0.1:9000',
    'x-amz-content-sha256': digestOf(Buffer.from('x')),
    'x-amz-date': '20261130T120000Z',
    'x-amz-meta-sha256': 'abc',
    'x-amz-security-token': 'tok',
    authorization: `AWS4-HMAC-SHA256 Credential=AK1/20261130/eu-central-1/s3/aws4_request, SignedHeaders=${signed}, Signature=${signature}`,
  };
  const judged = (change: Record<string, string>, body = 'x') =>
    refusedBySignature(
      { method: 'PUT', url: '/atlas/team/one%3D1/bulk/2026-11/a.xml.gz', headers: { ...headers, ...change } },
      Buffer.from(body),
      { accessKeyId: 'AK1', secretAccessKey: SECRET },
    );
  expect(judged({})).toBeNull();
  expect(judged({}, 'y')).toBe('XAmzContentSHA256Mismatch');
  expect(judged({ 'x-amz-meta-sha256': 'abd' })).toBe('SignatureDoesNotMatch');
});

test('files of one machine come to another, once each, and are put there once', async () => {
  const folders = ['one', 'two'].map((name) => mkdtempSync(path.join(os.tmpdir(), `atlas-shelf-${name}-`)));
  const [one, two] = folders.map((dir) => bucketShelf({ dir, name: 'bulk/2026-11' }, access));
  const file = { bytes: bytes.length, sha256: digestOf(bytes) };
  await one!.bring('a.xml.gz');
  expect(readdirSync(one!.dir)).toEqual([]);
  writeFileSync(path.join(one!.dir, 'a.xml.gz'), bytes);
  for (let times = 0; times < 2; times++) await one!.keep('a.xml.gz', file);
  await two!.bring('a.xml.gz');
  await two!.bring('a.xml.gz');
  expect(readFileSync(path.join(two!.dir, 'a.xml.gz'))).toEqual(bytes);
  await two!.keep('a.xml.gz', file);
  const count = (method: string): number => bucket.seen.filter((line) => line.startsWith(method)).length;
  expect({ PUT: count('PUT'), GET: count('GET') }).toEqual({ PUT: 1, GET: 2 });
  for (const folder of folders) rmSync(folder, { recursive: true });
});
