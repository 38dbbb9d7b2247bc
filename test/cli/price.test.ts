import { loadStudy } from '../../config/load';
import type { PlannedStep } from '../../dag/plan';
import { cutBatches } from '../../dag/shards';
import { listed, priceOf, readPrices, rowsOf, total } from '../../cli/price';
import { routeLines, routesOf } from '../../cli/routes';
import { all } from '../all';

const prices = readPrices();
const paper = async (override: Record<string, unknown> = {}) =>
  (await loadStudy('ai-life-science', { override, missingFiles: 'list' })).study;

const step = (name: string, shards: number, missing = shards): PlannedStep =>
  ({
    step: name,
    action: 'run',
    shards: Array.from({ length: shards }),
    missing: Array.from({ length: missing }),
    cues: [],
  }) as unknown as PlannedStep;

const SNAPSHOT_BYTES = 665_688_383_258;

test("the paper's study, along each route", async () => {
  const study = await paper();
  const [api, mixed, snapshot] = routesOf(prices, study);
  const sample = 8_858 + 5_200 + 108 + 26_900;
  expect(api).toMatchObject({ route: 'api', credits: sample + 149_800, usd: 19.0866, days: 19.1 });
  expect(mixed).toMatchObject({ route: 'mixed', credits: sample, usd: 4.1066, days: 4.1 });
  expect(mixed!.bytes - api!.bytes).toBe(SNAPSHOT_BYTES - 90_000_000_000);
  expect(snapshot).toMatchObject({ route: 'snapshot', credits: 0, usd: 0, days: 0 });
  expect(snapshot!.bytes).toBe(2 * SNAPSHOT_BYTES + 51_800_000_000 + 200_000);
});

test('a first run is told by what it asks for, with the cheapest route beside it', async () => {
  const told = async (route: 'api' | 'snapshot') => {
    const study = await paper({ openalex: { route } });
    const parts = rowsOf(prices, study).map((row) => ({ what: row.what, ...listed(row) }));
    return routeLines({ route, routes: routesOf(prices, study), parts }, '2026-08');
  };
  const api = await told('api');
  expect(api.find((line) => line.startsWith('14.5 million citing links'))).toMatch(/ 149,800 +149,800 +14\.98 +90 GB$/);
  expect(api.at(-1)).toBe('cheapest in dollars: snapshot, by $19.09 and 19.1 days; it reads 1383 GB instead of 156 GB');
  const snapshot = await told('snapshot');
  expect(snapshot.filter((line) => line.includes('666 GB'))).toHaveLength(2);
  expect(snapshot.at(-1)).toBe("cheapest in dollars: snapshot, this study's own");
});

test('a smaller budget of a day makes more days, a larger one than a free key allows does not make fewer', async () => {
  const days = async (perDay: number) => routesOf(prices, await paper({ budget: { perDay } }))[0]!.days;
  expect([await days(1_000), await days(50_000)]).toEqual([190.9, 19.1]);
});

test.each([
  ['a synthetic world', { world: { kind: 'synthetic' } }, []],
  ["the user's own files only, which are of no known number", { pubmed: { routes: ['files'], files: [__filename] } }, []],
  [
    'no conferences',
    { conferences: { on: false } },
    ['sample/pubmed-matches', 'source/openalex-citing-works', 'source/openalex-links', 'source/pubmed-files'],
  ],
])('%s is priced by what it asks for', async (_name, override, steps) => {
  const rows = rowsOf(prices, await paper(override), 'api');
  expect([...new Set(rows.map((row) => row.step))].sort()).toEqual(steps);
});

test('a step is priced as recorded once it has run, by the list before, and by its shards as soon as they are known', async () => {
  const rows = rowsOf(prices, await paper(), 'api');
  const last = { requests: 10, credits: 8, usd: 0.0008, bytes: 1_000, seconds: 4, shards: 4 };
  expect(priceOf(step('source/openalex-citing-works', 4, 1), last, rows)).toMatchObject({ basis: 'recorded', requests: 3, credits: 2 });
  expect(priceOf(step('source/openalex-citing-works', 0), undefined, rows)).toMatchObject({ basis: 'price list', credits: 149_800 });
  expect(priceOf(step('source/openalex-citing-works', 957), undefined, rows)).toMatchObject({ basis: 'price list', credits: 14_979 });
  expect(priceOf(step('atlas/growth', 1), undefined, rows)).toMatchObject({ basis: null, credits: 0 });
  expect(priceOf({ ...step('source/openalex-links', 1), action: 'hit' }, last, rows)).toMatchObject({ basis: null, credits: 0 });
});

test('the list counts batches as they are cut', async () => {
  const rows = rowsOf(prices, await paper(), 'api');
  const items = Array.from({ length: 100_000 }, (_, index) => ({ value: 1_000_000 + 97 * index, rows: null }));
  const ofOne = items.length / (await all(cutBatches({ input: 'matches', max: 100 }, items))).length;
  const shardsOf = (id: string): number => rows.find((row) => row.step === id)!.shards;
  expect(Math.abs((shardsOf('source/openalex-links') * ofOne) / 388_633 - 1)).toBeLessThan(0.05);
  expect(Math.abs((shardsOf('source/openalex-citing-works') * ofOne) / 417_481 - 1)).toBeLessThan(0.05);
});

test('the list sums to what the documentation prints', async () => {
  expect(total(rowsOf(prices, await paper(), 'api').map(listed)).usd).toBeCloseTo(19.09, 2);
});
