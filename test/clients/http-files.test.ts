import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { AtlasRequest } from '../../clients/http/ports';
import { errorOf, fetcherOn, type Reply, scriptedServer } from './http-bench';

const bytes = Buffer.from('a file of some length '.repeat(1000));
const md5 = createHash('md5').update(bytes).digest('hex');
const request: AtlasRequest = { service: 'bulk', method: 'GET', path: '/baseline/a.xml.gz', accept: 'bytes' };

let dir: string;
beforeEach(async () => void (dir = await mkdtemp(path.join(tmpdir(), 'atlas-files-'))));
afterEach(() => rm(dir, { recursive: true }));

async function into(replies: Reply[], work: (bench: ReturnType<typeof fetcherOn> & { file: string; seen: unknown[] }) => Promise<void>) {
  const server = await scriptedServer(replies);
  const bench = fetcherOn(server.base, { limits: { bodyMs: 300 } });
  await work({ ...bench, file: path.join(dir, 'deep', 'a.xml.gz'), seen: server.seen });
  await bench.close();
  await server.close();
}

test('a file is streamed to its place, and the second time nothing is sent', () =>
  into([{ body: bytes }], async ({ fetchToFile, file, seen, ledger }) => {
    expect(await fetchToFile(request, file)).toMatchObject({ bytes: bytes.length, md5, cached: false });
    expect((await readFile(file)).equals(bytes)).toBe(true);
    expect(await fetchToFile(request, file)).toMatchObject({ bytes: bytes.length, md5, cached: true });
    expect(seen).toHaveLength(1);
    expect(ledger.rows.map(({ cached, outcome }) => [cached, outcome?.bytes])).toEqual([
      [false, bytes.length],
      [true, bytes.length],
    ]);
  }));

test.each(['cut', 'stall', 'reset'] as const)('a download with a %s begins again', (fault) =>
  into([{ body: bytes, fault }, { body: bytes }], async ({ fetchToFile, file, seen }) => {
    expect(await fetchToFile(request, file)).toMatchObject({ md5 });
    expect(seen).toHaveLength(2);
  }),
);

test('two downloads of one file at once both end with the whole file, and leave no parts', () =>
  into([{ body: bytes }, { body: bytes }], async ({ fetchToFile, file }) => {
    const both = await Promise.all([fetchToFile(request, file), fetchToFile(request, file)]);
    expect(both).toMatchObject([{ md5 }, { md5 }]);
    expect((await readFile(file)).equals(bytes)).toBe(true);
    expect(await readdir(path.dirname(file))).toEqual([path.basename(file)]);
  }));

test('a download that fails leaves nothing behind', () =>
  into([{ body: bytes, fault: 'cut' }], async ({ fetchToFile, file }) => {
    expect(await errorOf(fetchToFile(request, file))).toMatchObject({ type: 'BrokenAnswer' });
    expect(await readdir(path.dirname(file))).toEqual([]);
  }));

test('a file that does not exist is not found', () =>
  into([{ status: 404, body: 'none' }], async ({ fetchToFile, file, seen }) => {
    expect(await errorOf(fetchToFile(request, file))).toMatchObject({ type: 'NotFound', retryable: false });
    expect(seen).toHaveLength(1);
  }));

test('a folder that cannot be written is no fault of the service', () =>
  into([{ body: bytes }], async ({ fetchToFile, seen }) => {
    expect(await errorOf(fetchToFile(request, path.join('/dev/null', 'a.xml.gz')))).toMatchObject({ code: expect.any(String) as string });
    expect(seen).toHaveLength(0);
  }));

test('offline, a file that is there is served and another refused', async () => {
  await into([{ body: bytes }], async ({ fetchToFile, file }) => void (await fetchToFile(request, file)));
  const offline = fetcherOn('http://127.0.0.1:1', { offline: true });
  expect(await offline.fetchToFile(request, path.join(dir, 'deep', 'a.xml.gz'))).toMatchObject({ md5, cached: true });
  expect(await errorOf(offline.fetchToFile(request, path.join(dir, 'b')))).toMatchObject({ type: 'OfflineMiss' });
});
