import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import type { Fetcher } from '../../clients/http/ports';
import { readAllowance } from '../../clients/openalex/allowance';
import { workSingly } from '../../clients/openalex/single';
import { worksByPmids } from '../../clients/openalex/lookup';
import { downloadBulk, listBulk } from '../../clients/pubmed/bulk';
import { fetchRecords } from '../../clients/pubmed/fetch';
import { readPubmed } from '../../clients/pubmed/read';
import { searchWindow } from '../../clients/pubmed/search';
import type { Holdings } from '../../simulator/holdings';
import { loadRecorded } from '../../simulator/recorded/load';
import { startSimulator, type Simulator } from '../../simulator/server';
import { errorOf, fetcherOn } from '../clients/http-bench';
import { exchanges } from './exchanges';
import { pick, plainWork, pmidOf, short } from './plain-work';
import { isRecorded, recorded } from './recorded-data';

jest.setTimeout(120_000);

const FULL_429 =
  '{"error":"Rate limit exceeded","message":"…","retryAfter":39907,"costUsd":0.0001,"dailyRemainingUsd":0,"prepaidRemainingUsd":0,"creditsRequired":1,"creditsRemaining":0,"onetimeCreditsRemaining":0}';

/** Everything that was recorded, served over HTTP by the simulator and read by the clients that steps use. */
(isRecorded ? describe : describe.skip)('recorded answers over HTTP', () => {
  let holdings: Holdings;
  let simulator: Simulator;
  let bench: ReturnType<typeof fetcherOn>;
  beforeAll(async () => {
    holdings = loadRecorded(recorded);
  });
  beforeEach(async () => {
    simulator = await startSimulator({ holdings });
    bench = fetcherOn(simulator.urls, { secrets: { openalexKey: 'recorded' } });
  });
  afterEach(async () => {
    await bench.close();
    await simulator.close();
  });

  test('every work: each field that steps use is that of its JSON', async () => {
    expect(holdings.works.length).toBeGreaterThan(400);
    for (const raw of holdings.works) {
      const { works, refused } = await workSingly(bench, { id: short(raw.id) }, { kind: 'citing' });
      expect(refused).toEqual([]);
      expect(pick(works[0]!, 'citing')).toEqual(plainWork(raw, 'citing'));
      const link = await workSingly(bench, { id: short(raw.id) }, { kind: 'link' });
      expect(pick(link.works[0]!, 'link')).toEqual(plainWork(raw, 'link'));
    }
  });

  test('every work with a PMID is found by it, a hundred at a time', async () => {
    const withPmid = new Map(holdings.works.flatMap((raw) => (pmidOf(raw) === null ? [] : [[pmidOf(raw)!, short(raw.id)] as const])));
    const pmids = [...withPmid.keys()];
    const found = new Map<number, string[]>();
    for (let from = 0; from < pmids.length; from += 100) {
      const { matches, missing, refused } = await worksByPmids(bench, pmids.slice(from, from + 100));
      expect([missing, refused]).toEqual([[], []]);
      for (const [pmid, works] of matches)
        found.set(
          pmid,
          works.map(({ id }) => id),
        );
    }
    expect([...found.keys()].sort()).toEqual(pmids.sort());
    for (const [pmid, id] of withPmid) expect(found.get(pmid)).toContain(id);
  });

  test('every PubMed record: what EFetch brings is read as the recorded file is', async () => {
    const pmids = [...new Set(holdings.pubmed.map(({ pmid }) => pmid))];
    const { xml, missing, foreign } = await fetchRecords(bench, pmids);
    expect([missing, foreign]).toEqual([[], []]);
    const over = new Map((await itemsOf(xml)).map((item) => [key(item), item]));
    expect(over.size).toBe(pmids.length);
    for (const { xml: own } of holdings.pubmed) {
      const [item] = await itemsOf(Buffer.from(`<PubmedArticleSet>${own}</PubmedArticleSet>`));
      expect(over.get(key(item!))).toEqual(item);
    }
  });

  test('every bulk file comes whole, by its recorded checksum', async () => {
    const dir = mkdtempSync(path.join(os.tmpdir(), 'atlas-recorded-'));
    const files = await listBulk(bench);
    for (const file of files) {
      const saved = await downloadBulk(bench, file, { shelf: { dir } });
      expect(readFileSync(saved.path)).toEqual(readFileSync(path.join(recorded, 'pubmed', 'bulk', file.name)));
    }
    expect(files.map(({ name }) => name)).toEqual(['pubmed21n1002.xml.gz', 'pubmed26n1334.xml.gz', 'pubmed26n1335.xml.gz']);
    rmSync(dir, { recursive: true });
  });

  test.each([
    ['esearch1.xml', 20, 63, 20, []],
    ['esearch2.xml', 100, 42_249, 100, []],
    ['esearch8.xml', 20, 0, 0, ['PhraseNotFound: abcXYZ', 'OutputMessage: No items found.']],
  ])('%s gives its count, PMIDs and warnings', async (name, cap, count, pmids, warnings) => {
    simulator.faults.arm({ path: 'esearch', status: 200, body: text('pubmed/esearch', name) });
    const found = await searchWindow(bench, { term: 'x', from: '2020/01/01', to: '2020/12/31', cap });
    expect({ count: found.count, pmids: found.pmids.length }).toEqual({ count, pmids });
    expect(found.warnings).toEqual(expect.arrayContaining(warnings));
  });

  test('the recorded empty set accounts for a PMID that does not exist', async () => {
    simulator.faults.arm({ path: 'efetch', status: 200, body: text('pubmed/efetch', 'empty-set-37909814.xml'), times: 2 });
    expect((await fetchRecords(bench, [37_909_814])).missing).toEqual([37_909_814]);
  });

  test.each(isRecorded ? exchanges() : [])(
    '$name $number: $status is taken for what it is',
    async ({ status, uri, headers, body, type }) => {
      const { pathname, searchParams } = new URL(uri);
      searchParams.delete('api_key');
      simulator.faults.arm({ path: '^/openalex/', status, body, headers, times: 9 });
      const request = {
        service: 'openalex',
        method: 'GET',
        path: pathname,
        query: Object.fromEntries(searchParams),
        accept: 'json',
      } as const;
      if (type === null) expect((await bench.fetch(request)).body.toString()).toBe(body);
      else expect(await errorOf(bench.fetch(request))).toMatchObject({ type, status });
      expect(bench.ledger.rows[0]!.outcome!.credits).toBe(Number(headers['x-ratelimit-credits-used'] ?? 0));
      expect(simulator.ledger.openalex.requests).toBe(1);
    },
  );

  test.each([
    ['the budget', FULL_429, { 'retry-after': '39907', 'x-ratelimit-reset': '39907' }, { type: 'BudgetSpent', retryAfterMs: 39_907_000 }],
    [
      'the pace',
      FULL_429.replace('"creditsRemaining":0', '"creditsRemaining":9'),
      { 'retry-after': '45' },
      { type: 'RateLimited', retryAfterMs: 45_000 },
    ],
  ])('the 429 of %s, in the words of the service', async (_name, body, headers, error) => {
    simulator.faults.arm({ path: '/works', status: 429, body, headers, times: 9 });
    expect(await errorOf(worksByPmids(bench, [1]))).toMatchObject(error);
  });

  test('the recorded refusal of a key ends a look at the budget', async () => {
    const [refused] = exchanges().filter(({ status }) => status === 401);
    simulator.faults.arm({ path: '/rate-limit', status: 401, body: refused!.body });
    expect(await errorOf(readAllowance(bench as Fetcher))).toMatchObject({ type: 'Unauthorized', retryable: false });
  });
});

const text = (folder: string, name: string): string => readFileSync(path.join(recorded, folder, name), 'utf8');

async function itemsOf(xml: Buffer) {
  const items = [];
  for await (const item of readPubmed(Readable.from([xml]), 'recorded')) items.push(item);
  return items;
}

function key(item: Awaited<ReturnType<typeof itemsOf>>[number]): string {
  return item.kind === 'article' ? `article ${item.record.pmid}` : item.kind === 'book' ? `book ${item.pmid}` : 'deleted';
}
