import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { writeSnapshot } from '../../simulator/snapshot/write';
import { digestsOf, json, type Rebuilt } from '../atlas';
import { ownFiles, type OwnFiles } from './tiny-study';

jest.setTimeout(600_000);

let own: OwnFiles;
let folder: string;
const rebuilt: Record<string, Record<string, string | null>> = {};
const requests: Record<string, { openalex: number; snapshot: number }> = {};

const isLong = process.env.ATLAS_LONG_TESTS !== undefined;
/** The snapshot over HTTP; from a folder below. */
const ROUTES = ['api', 'snapshot', ...(isLong ? ['mixed'] : [])];
const studyOf = (route: string): string => own.study(`by-${route}`, { more: `openalex: { route: ${route} }\n`, conferences: true });

beforeAll(async () => {
  own = await ownFiles();
  folder = mkdtempSync(path.join(os.tmpdir(), 'atlas-snapshot-'));
  await own.home.hold();
  for (const route of ROUTES) {
    const { openalex, snapshot } = own.simulator.ledger;
    const before = { openalex: openalex.requests, snapshot: snapshot.requests };
    rebuilt[route] = digestsOf(await own.home.rebuild(studyOf(route)));
    requests[route] = { openalex: openalex.requests - before.openalex, snapshot: snapshot.requests - before.snapshot };
  }
});

afterAll(async () => {
  await own.end();
  rmSync(folder, { recursive: true, force: true });
});

/** Steps that hold the sample itself: what is read must come out the same, however it was read. */
function comparable(digests: Record<string, string | null>): [string, string | null][] {
  const source = [
    'source/openalex-links',
    'source/openalex-conference-works',
    'source/openalex-citing-works',
    'source/openalex-conferences',
  ];
  return Object.entries(digests).filter(([step]) => source.includes(step) || /^(sample|atlas)\//.test(step));
}

test.each(ROUTES.slice(1))('the route %s gives the same rows as the API, step by step', (route) => {
  const api = comparable(rebuilt['api']!);
  expect(api.length).toBeGreaterThan(20);
  expect(comparable(rebuilt[route]!)).toEqual(api);
});

test('each route asks only those it names', () => {
  expect(requests['api']!.snapshot).toBe(0);
  expect(requests['snapshot']!.openalex).toBe(0);
  expect(requests['snapshot']!.snapshot).toBeGreaterThan(0);
  if (isLong) expect(requests['mixed']!.openalex).toBeLessThan(requests['api']!.openalex);
});

test('what the API leaves out is kept with its reason', async () => {
  const rows = await own.home.table<{ left_out: string | null }>(studyOf('snapshot'), 'source.openalex_snapshot_citing');
  const reasons = new Set(rows.map((row) => row.left_out));
  expect(reasons).toEqual(new Set([null, 'expansion', 'gone']));
});

const fromFolder = (): ReturnType<OwnFiles['home']['run']> =>
  own.home.run(['rebuild', '--study', studyOf('snapshot'), '--json', '--vintage', 'older'], { env: { ATLAS_OPENALEX_SNAPSHOT: folder } });

(isLong ? test : test.skip)(
  'a folder is read like the bucket, in the layout of older snapshots too; a damaged part fails by name, and only what failed is read again',
  async () => {
    writeSnapshot(own.world.holdings, 'legacy', folder);
    const file = path.join(folder, 'data/works/updated_date=2026-03-08/part_000.gz');
    const whole = readFileSync(file);
    const asked = [own.simulator.ledger.openalex.requests, own.simulator.ledger.snapshot.requests];
    writeFileSync(file, whole.subarray(0, whole.length - 100));
    const failed = await fromFolder();
    expect(failed.code).not.toBe(0);
    expect(failed.stdout + failed.stderr).toMatch(/updated_date=2026-03-08\/part_000\.gz.*start a new vintage/s);
    writeFileSync(file, whole);
    const { steps } = json<Rebuilt>(await fromFolder());
    const scan = steps.find(({ step }) => step === 'source/openalex-snapshot-works')!;
    expect(scan.shards.hit).toBeGreaterThan(0);
    expect(scan.shards.ran).toBeLessThan(scan.shards.total);
    expect(comparable(digestsOf({ steps }))).toEqual(comparable(rebuilt['api']!));
    const { openalex, snapshot } = own.simulator.ledger;
    expect([openalex.requests, snapshot.requests]).toEqual(asked);
  },
);

test('no snapshot where one is said to be: refused before a run is made', async () => {
  const empty = path.join(folder, 'nothing-here');
  const answer = await own.home.run(['rebuild', '--study', studyOf('mixed'), '--vintage', 'none'], {
    env: { ATLAS_OPENALEX_SNAPSHOT: empty },
  });
  expect(answer.code).toBe(2);
  expect(answer.stderr).toContain('Expected an OpenAlex snapshot');
  expect(answer.stderr).toContain('docs/data-sources.md');
});
