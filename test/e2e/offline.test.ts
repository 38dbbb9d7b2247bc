import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { startBucket, type SimulatedBucket } from '../../simulator/bucket/server';
import type { Row as Work } from '../../simulator/holdings';
import { startSimulator } from '../../simulator/server';
import { buildWorld } from '../../simulator/world/build';
import { digestsOf, everythingSaid, json, stepsThat, TestHome, type Answer, type Rebuilt } from '../atlas';

jest.setTimeout(600_000);

const SECRET = 'bucket-Secret/key+1';
const YAML = `extends: ai-life-science
years: [2019, 2022]
pubmed: { routes: [bulk, eutils], term: all }
conferences: { on: false }
rank: { whenMissing: without, core: [] }
`;
/** All steps that ask services, and all below them. */
const ALL = ['source/pubmed-files+', 'source/pubmed-windows+'];
const NOWHERE = 'http://127.0.0.1:1';
const CLOSED = { ATLAS_OPENALEX_URL: NOWHERE, ATLAS_EUTILS_URL: NOWHERE, ATLAS_BULK_URL: NOWHERE };

const { holdings } = buildWorld({ seed: 9, scale: 'tiny' });
let bucket: SimulatedBucket;
let home: TestHome;
let study: string;
let first: Rebuilt;

beforeAll(async () => {
  bucket = await startBucket('atlas', { accessKeyId: 'AK1', secretAccessKey: SECRET });
  home = new TestHome({
    ATLAS_BLOBS_URL: 's3://atlas/lab',
    AWS_ENDPOINT_URL_S3: bucket.endpoint,
    AWS_ACCESS_KEY_ID: 'AK1',
    AWS_SECRET_ACCESS_KEY: SECRET,
  });
  await home.hold();
  study = home.study('kept', YAML);
  first = await online(holdings.works, '2026-11');
});
afterAll(async () => {
  await home.end();
  await bucket.close();
});

async function online(works: readonly Work[], vintage: string): Promise<Rebuilt> {
  const simulator = await startSimulator({ holdings: { ...holdings, works: [...works] } });
  const { openalex, eutils, bulk } = simulator.urls;
  const env = { ATLAS_OPENALEX_URL: openalex, ATLAS_EUTILS_URL: eutils, ATLAS_BULK_URL: bulk };
  const answer = await home.run(['rebuild', '--study', study, '--json', '--vintage', vintage], { env });
  await simulator.close();
  if (answer.code !== 0) throw new Error(`Expected the rebuild to end with 0, got ${answer.code}: ${answer.stderr}`);
  return json<Rebuilt>(answer);
}

const offline = (vintage: string): Promise<Answer> =>
  home.run(['rebuild', '--study', study, '--json', '--offline', '--vintage', vintage, '--force', ...ALL], { env: CLOSED });

test('what was fetched is in the bucket, and none of it in the home but the bulk files', () => {
  const kinds = [...bucket.objects.keys()].map((key) => key.split('/').slice(0, 2).join('/'));
  expect([...new Set(kinds)].sort()).toEqual(['lab/blobs', 'lab/bulk']);
  expect(existsSync(path.join(home.dir, 'blobs'))).toBe(false);
  const kept = [...bucket.objects.keys()].filter((key) => key.startsWith('lab/bulk/2026-11/'));
  expect(kept).toHaveLength(holdings.baseline.length + holdings.updatefiles.length);
});

test('all steps again without a network, on a machine that has lost its files: the same digests, and nothing was sent', async () => {
  rmSync(path.join(home.dir, 'bulk'), { recursive: true });
  const answer = await offline('2026-11');
  expect({ code: answer.code, stderr: answer.stderr }).toMatchObject({ code: 0 });
  const again = json<Rebuilt>(answer);
  expect(stepsThat('ran', again)).toEqual(expect.arrayContaining(['source/openalex-links', 'source/pubmed-files', 'sample/articles']));
  expect(digestsOf(again)).toEqual(digestsOf(first));
  const { rows } = await (
    await home.database(study)
  ).pool.query<{ cached: boolean }>(`select distinct cached from store.request where run = $1`, [again.run]);
  expect(rows).toEqual([{ cached: true }]);
});

test('a vintage that was never fetched cannot be rebuilt offline, and says so', async () => {
  const answer = await offline('2031-01');
  expect({ code: answer.code, stderr: answer.stderr }).toEqual({
    code: 1,
    stderr: expect.stringContaining('Expected the answer in the archive, as the run is offline, got none') as string,
  });
});

test('diff between two vintages says in which rows a service answers otherwise', async () => {
  const [link] = await home.table<{ work: string; retracted: boolean }>(study, 'source.openalex_links');
  const works = holdings.works.map((work) => (work.id.endsWith(`/${link!.work}`) ? { ...work, is_retracted: !link!.retracted } : work));
  const second = await online(works, '2026-12');
  const args = ['diff', String(first.run), String(second.run), '--study', study];
  const { sources } = json<{ sources: unknown[] }>(await home.run([...args, '--json']));
  expect(sources).toContainEqual({ step: 'source/openalex-links', onlyA: 1, onlyB: 1 });
  const said = (await home.run(args)).stdout;
  expect(said).toMatch(/what the services answer otherwise, vintage 2026-11 → 2026-12/);
});

test('a bucket that refuses its key is told before a run is made; doctor tells it too', async () => {
  const env = { AWS_SECRET_ACCESS_KEY: 'another-secret' };
  const before = json<unknown[]>(await home.run(['runs', '--study', study, '--json'])).length;
  const answer = await home.run(['rebuild', '--study', study, '--vintage', '2027-01'], { env });
  expect(answer.code).toBe(2);
  expect(answer.stderr).toMatch(/^Expected the bucket to take the request, got 403 SignatureDoesNotMatch/m);
  expect(json<unknown[]>(await home.run(['runs', '--study', study, '--json']))).toHaveLength(before);
  const { checks } = json<{ checks: { part: string; ok: boolean }[] }>(await home.run(['doctor', '--json'], { env }));
  expect(checks.find(({ part }) => part === 'bucket')).toMatchObject({ ok: false, from: 's3://atlas/lab' });
  expect(everythingSaid()).not.toContain(SECRET);
});
