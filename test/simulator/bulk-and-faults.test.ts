import { createHash } from 'node:crypto';
import { startSimulator, type Simulator } from '../../simulator/server';
import { buildWorld } from '../../simulator/world/build';

const { holdings } = buildWorld({ seed: 7, scale: 'tiny' });
let simulator: Simulator;

beforeEach(async () => {
  simulator = await startSimulator({ holdings });
});
afterEach(() => simulator.close());

const bulk = (path: string) => fetch(`${simulator.urls.bulk}${path}`);
const arm = (fault: object) => fetch(`http://${simulator.urls.address}/_faults`, { method: 'POST', body: JSON.stringify(fault) });

test('listings name every file, and every md5 fits', async () => {
  for (const [folder, files] of [
    ['baseline', 3],
    ['updatefiles', 2],
  ] as const) {
    const names = [...(await (await bulk(`/${folder}/`)).text()).matchAll(/<a href="(pubmed26n\d{4}\.xml\.gz)">/g)].map(
      ([, name]) => name ?? '',
    );
    expect(names).toHaveLength(files);
    for (const name of names) {
      const bytes = Buffer.from(await (await bulk(`/${folder}/${name}`)).arrayBuffer());
      expect(await (await bulk(`/${folder}/${name}.md5`)).text()).toBe(`MD5(${name})= ${createHash('md5').update(bytes).digest('hex')}\n`);
    }
  }
  expect((await bulk('/baseline/pubmed26n9999.xml.gz')).status).toBe(404);
});

test('a fault hits as often as it was armed, after the requests it lets pass', async () => {
  await arm({ path: '/openalex/works', status: 503, times: 2, skip: 1 });
  const statuses: number[] = [];
  for (let round = 0; round < 4; round += 1) statuses.push((await fetch(`${simulator.urls.openalex}/works?per_page=1`)).status);
  expect(statuses).toEqual([200, 503, 503, 200]);
  expect(simulator.ledger.openalex).toMatchObject({ requests: 4, credits: 2, refused: 2 });
});

test('a broken connection and a cut-off body fail the reader', async () => {
  await arm([
    { path: 'baseline', kind: 'reset' },
    { path: 'baseline', kind: 'truncate' },
  ]);
  const read = async () => (await bulk('/baseline/pubmed26n0001.xml.gz')).arrayBuffer();
  await expect(read()).rejects.toThrow();
  await expect(read()).rejects.toThrow();
  expect((await read()).byteLength).toBe(holdings.baseline[0]?.bytes.length);
});

test.each([
  ['html200', 200, '<!DOCTYPE html>'],
  ['json200', 200, '"error":"API rate limit exceeded"'],
  ['error200', 200, 'proxy_stream()'],
  ['proxy400', 400, 'proxy_stream()'],
] as const)('fault %s', async (kind, status, text) => {
  simulator.faults.arm({ path: 'efetch.*id=12', kind });
  const response = await fetch(`${simulator.urls.eutils}/efetch.fcgi`, {
    method: 'POST',
    body: new URLSearchParams({ db: 'pubmed', id: '12' }),
  });
  expect([response.status, await response.text()]).toEqual([status, expect.stringContaining(text)]);
});

test('any answer can be forged, and an empty list disarms', async () => {
  await arm({ status: 429, body: '{"error":"x"}', headers: { 'retry-after': '7' } });
  const forged = await bulk('/baseline/');
  expect([forged.status, forged.headers.get('retry-after'), await forged.text()]).toEqual([429, '7', '{"error":"x"}']);
  await arm({ status: 500, times: 9 });
  await arm([]);
  expect((await bulk('/baseline/')).status).toBe(200);
});

test('the ledger is served, and knows of keys in URLs', async () => {
  await fetch(`${simulator.urls.openalex}/works/W1?api_key=secret`);
  const ledger: unknown = await (await fetch(`http://${simulator.urls.address}/_ledger`)).json();
  expect(ledger).toMatchObject({ openalex: { requests: 1, keyInUrl: 1 }, eutils: { requests: 0 }, bulk: { requests: 0 } });
});

test('switches can be set while it runs', async () => {
  await fetch(`http://${simulator.urls.address}/_switches`, { method: 'POST', body: '{"dailyCredits":0}' });
  expect((await fetch(`${simulator.urls.openalex}/works`)).status).toBe(429);
});
