import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createArchive, type NewResponse } from '../../store/archive';
import { BlobFolder } from '../../store/blobs/folder';
import type { Database } from '../../store/database';
import { createLedger } from '../../store/ledger';
import { createLimiter } from '../../store/limiter';
import { TestPostgres } from '../postgres';

let postgres: TestPostgres;
let database: Database;
let folder: string;
beforeAll(async () => {
  postgres = await TestPostgres.start();
  database = await postgres.database();
  folder = mkdtempSync(path.join(os.tmpdir(), 'atlas-blobs-'));
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await postgres.close();
});

const nextAt = async (service: string): Promise<number> => {
  const { rows } = await database.pool.query<{ at: number }>(
    'select extract(epoch from next_at)::float8 * 1000 as at from store.rate where service = $1',
    [service],
  );
  return rows[0]!.at;
};

test('ten callers at once, of two pools, book ten moments a gap apart', async () => {
  const gap = 40;
  const pools = [database, postgres.open(database.url)];
  await database.pool.query(`
    create table data.booked (at timestamptz);
    create function data.book() returns trigger language plpgsql as 'begin insert into data.booked values (new.next_at); return new; end';
    create trigger book after insert or update on store.rate for each row execute function data.book()`);
  const limiters = pools.map((pool) => createLimiter(pool, { openalex: gap }));
  await Promise.all(Array.from({ length: 10 }, (_, index) => limiters[index % 2]!.wait('openalex')));
  const { rows } = await database.pool.query<{ apart: number }>(
    'select round(extract(epoch from at - lag(at) over (order by at)) * 1000, 2)::float8 as apart from data.booked order by at offset 1',
  );
  // More than nine where one overslept and booked again.
  expect(rows.length).toBeGreaterThanOrEqual(9);
  // Exactly a gap while callers queue; more where one came after the queue had gone.
  expect(rows.filter(({ apart }) => apart < gap)).toEqual([]);
  await database.pool.query('drop trigger book on store.rate');
});

test('each service has its own row, one without a gap has none', async () => {
  const limiter = createLimiter(database, { eutils: 1 });
  await Promise.all([limiter.wait('eutils'), limiter.wait('bulk')]);
  const { rows } = await database.pool.query("select service from store.rate where service in ('eutils', 'bulk')");
  expect(rows).toEqual([{ service: 'eutils' }]);
});

test('a penalty moves the next moment on, a smaller one does not move it back', async () => {
  const limiter = createLimiter(database, { slow: 1 });
  await limiter.penalty('slow', 60_000);
  const at = await nextAt('slow');
  await limiter.penalty('slow', 10);
  expect(await nextAt('slow')).toBe(at);
});

test('who waits can be called off', async () => {
  const limiter = createLimiter(database, { far: 1 });
  await limiter.penalty('far', 3_600_000);
  await expect(limiter.wait('far', AbortSignal.timeout(20))).rejects.toMatchObject({ name: 'AbortError' });
});

const response = (body: string): NewResponse => ({
  requestDigest: 'rr',
  service: 'openalex',
  canonical: 'GET /works?a="b"',
  status: 200,
  headers: { etag: '"x"' },
  body: Buffer.from(body),
  digest: '',
});

test('a response is found by request and vintage, byte for byte', async () => {
  const archive = createArchive(database, new BlobFolder(folder), '2024-07');
  expect(await archive.find('rr')).toBeNull();
  await archive.save(response('\u0000é'));
  expect(await archive.find('rr')).toMatchObject({ status: 200, headers: { etag: '"x"' }, body: Buffer.from('\u0000é') });
  expect(await createArchive(database, new BlobFolder(folder), '2025-01').find('rr')).toBeNull();
});

test('a response saved again replaces the older one', async () => {
  const archive = createArchive(database, new BlobFolder(folder), '2024-07');
  await archive.save(response('first'));
  await archive.save({ ...response('second'), status: 404 });
  expect(await archive.find('rr')).toMatchObject({ status: 404, body: Buffer.from('second') });
});

test.each<[string, (file: string) => void]>([
  [
    'damaged',
    (file) => {
      writeFileSync(file, 'sec0nd');
    },
  ],
  [
    'cut off',
    (file) => {
      writeFileSync(file, 'sec');
    },
  ],
  [
    'gone',
    (file) => {
      rmSync(file);
    },
  ],
])('a blob that is %s is a miss, and whole again once it is saved again', async (_name, harm) => {
  const blobs = new BlobFolder(folder);
  const archive = createArchive(database, blobs, '2024-07');
  await archive.save(response('second'));
  const file = blobs.pathOf((await archive.find('rr'))!.digest);
  harm(file);
  expect(await archive.find('rr')).toBeNull();
  await archive.save(response('second'));
  expect(await archive.find('rr')).toMatchObject({ body: Buffer.from('second') });
  expect(readdirSync(path.dirname(file))).toEqual([path.basename(file)]);
});

test('a request is in the ledger before it is sent, and completed after', async () => {
  const ledger = createLedger(database, { run: 1, step: 'source/links', shard: 2 });
  const id = await ledger.intent({ service: 'openalex', canonical: 'GET /works', requestDigest: 'rr', cached: false, price: 0 });
  const read = async () =>
    (await database.pool.query('select *, intended <= completed as ordered from store.request where id = $1', [id])).rows[0] as unknown;
  expect(await read()).toMatchObject({
    run: 1,
    step: 'source/links',
    shard: 2,
    canonical: 'GET /works',
    cached: false,
    completed: null,
    status: null,
  });
  await ledger.complete(id, { status: 200, credits: 1, usd: 0.0001, bytes: 2 ** 40, rows: null, error: null });
  expect(await read()).toMatchObject({ status: 200, credits: 1, usd: 0.0001, bytes: 2 ** 40, rows: null, error: null, ordered: true });
});
