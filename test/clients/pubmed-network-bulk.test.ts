import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { downloadBulk, listBulk } from '../../clients/pubmed/bulk';
import { bulkNames } from '../../clients/pubmed/bulk-names';
import { bulkFile } from '../../simulator/bulk/host';
import { loadRecorded } from '../../simulator/recorded/load';
import { startSimulator } from '../../simulator/server';
import { errorOf, fetcherOn } from './http-bench';

const file = (name: string) => bulkFile(name, gzipSync(`<PubmedArticleSet>${name}</PubmedArticleSet>`));
const baseline = [3, 1, 2].map((number) => file(`pubmed26n000${number}.xml.gz`));
const updatefiles = [file('pubmed26n0004.xml.gz')];

let dir: string;
beforeEach(async () => void (dir = await mkdtemp(path.join(tmpdir(), 'atlas-bulk-'))));
afterEach(() => rm(dir, { recursive: true }));

async function simulated(
  bulk: { baseline: typeof baseline; updatefiles: typeof baseline },
  work: (bench: ReturnType<typeof fetcherOn> & { requests: () => number }) => Promise<void>,
) {
  const simulator = await startSimulator({
    holdings: {
      world: 'test',
      works: [],
      sources: [],
      merged: new Map(),
      pubmed: [],
      baseline: bulk.baseline,
      updatefiles: bulk.updatefiles,
    },
  });
  const bench = fetcherOn(simulator.urls);
  await work({ ...bench, requests: () => simulator.ledger.bulk.requests }).finally(async () => {
    await bench.close();
    await simulator.close();
  });
}

test('files are listed in the order in which they must be read', () =>
  simulated({ baseline, updatefiles }, async (bench) => {
    const files = await listBulk(bench);
    expect(files.map(({ folder, name }) => `${folder}/${name}`)).toEqual([
      'baseline/pubmed26n0001.xml.gz',
      'baseline/pubmed26n0002.xml.gz',
      'baseline/pubmed26n0003.xml.gz',
      'updatefiles/pubmed26n0004.xml.gz',
    ]);
    expect(files[0]).toMatchObject({ path: '/baseline/pubmed26n0001.xml.gz', md5: /= (\w+)/.exec(baseline[1]?.md5 ?? '')?.[1] });
  }));

test('a file is brought and checked, and the second time nothing is sent', () =>
  simulated({ baseline, updatefiles }, async ({ requests, ...bench }) => {
    const [first] = await listBulk(bench);
    const saved = await downloadBulk(bench, first!, { shelf: { dir } });
    expect((await readFile(saved.path)).equals(baseline[1]!.bytes)).toBe(true);
    const sent = requests();
    expect(await downloadBulk(bench, first!, { shelf: { dir } })).toMatchObject({ cached: true, md5: first!.md5 });
    expect(requests()).toBe(sent);
  }));

test('a file that two ask for at the same moment is sent once', () =>
  simulated({ baseline, updatefiles }, async ({ requests, ...bench }) => {
    const [first] = await listBulk(bench);
    const before = requests();
    const both = await Promise.all([1, 2].map(() => downloadBulk(bench, first!, { shelf: { dir } })));
    expect(both.map(({ cached }) => cached)).toEqual([false, true]);
    expect(requests()).toBe(before + 1);
  }));

test('two that ask for a file with a wrong md5 are both refused for it', () => {
  const wrong = { ...baseline[1]!, md5: `MD5(pubmed26n0001.xml.gz)= ${'0'.repeat(32)}\n` };
  return simulated({ baseline: [wrong], updatefiles: [] }, async (bench) => {
    const [first] = await listBulk(bench);
    const errors = await Promise.all([1, 2].map(() => errorOf(downloadBulk(bench, first!, { shelf: { dir } }))));
    expect(errors).toMatchObject([{ type: 'BrokenAnswer' }, { type: 'BrokenAnswer' }]);
  });
});

test('a wrong md5 is fetched once more, then refused, and no file stays', () => {
  const wrong = { ...baseline[1]!, md5: `MD5(pubmed26n0001.xml.gz)= ${'0'.repeat(32)}\n` };
  return simulated({ baseline: [wrong], updatefiles: [] }, async ({ requests, ...bench }) => {
    const [first] = await listBulk(bench);
    const before = requests();
    expect(await errorOf(downloadBulk(bench, first!, { shelf: { dir } }))).toMatchObject({ type: 'BrokenAnswer', retryable: true });
    expect(requests()).toBe(before + 2);
    expect(await readdir(dir)).toEqual([]);
  });
});

test('a damaged file on disk is replaced', () =>
  simulated({ baseline, updatefiles }, async (bench) => {
    const [first, second] = await listBulk(bench);
    await downloadBulk(bench, first!, { shelf: { dir } });
    await downloadBulk(bench, { ...second!, name: first!.name }, { shelf: { dir } });
    expect(await downloadBulk(bench, first!, { shelf: { dir } })).toMatchObject({ md5: first!.md5, cached: false });
  }));

test('the md5 of another file is refused', () =>
  simulated({ baseline: [{ ...baseline[1]!, md5: baseline[0]!.md5 }], updatefiles: [] }, async (bench) => {
    expect((await errorOf(listBulk(bench))).message).toContain('got that of pubmed26n0003.xml.gz');
  }));

test('while NLM changes the year, nothing is listed', () =>
  simulated({ baseline: [file('pubmed27n0001.xml.gz')], updatefiles }, async (bench) => {
    expect(await errorOf(listBulk(bench))).toMatchObject({ type: 'BrokenAnswer', retryable: true });
  }));

const recorded = process.env['ATLAS_RECORDED'] ?? path.resolve(__dirname, '../../../shared/data/fixtures');
const present = existsSync(path.join(recorded, 'pubmed', 'bulk'));
if (!present) console.warn(`Recorded bulk files are not at ${recorded}; their test is skipped. Set ATLAS_RECORDED.`);

(present ? test : test.skip)('recorded bulk files are listed, brought and pass their real checksums', () =>
  simulated(loadRecorded(recorded), async (bench) => {
    const files = await listBulk(bench);
    expect(files.map(({ name }) => name)).toEqual(['pubmed21n1002.xml.gz', 'pubmed26n1334.xml.gz', 'pubmed26n1335.xml.gz']);
    for (const one of files) expect(await downloadBulk(bench, one, { shelf: { dir } })).toMatchObject({ md5: one.md5, cached: false });
  }),
);

test('a listing names each file once, and no checksum or note', () => {
  const link = (target: string) => `<a href="${target}">x</a>`;
  const targets = [
    'README.txt',
    'pubmed26n0002.xml.gz.md5',
    'pubmed26n0002.xml.gz',
    '/pubmed/baseline/pubmed26n0010.xml.gz',
    'pubmed26n0002.xml.gz',
    'pubmed26n0001_stats.html',
    'pubmed25n0900.xml.gz',
  ];
  expect(bulkNames(targets.map(link).join('\n'))).toEqual(['pubmed25n0900.xml.gz', 'pubmed26n0002.xml.gz', 'pubmed26n0010.xml.gz']);
});
