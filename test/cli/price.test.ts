import { loadStudy } from '../../config/load';
import type { PlannedStep } from '../../dag/plan';
import { listed, priceOf, readPrices, rowsOf, total } from '../../cli/price';
import { routeLines, routesOf } from '../../cli/routes';

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
  expect(api).toMatchObject({ route: 'api', credits: 3_887 + 400 + 108 + 24_000 + 145_000, usd: 17.3395, days: 17.3 });
  expect(mixed).toMatchObject({ route: 'mixed', credits: 3_887 + 400 + 108 + 24_000, usd: 2.8395, days: 2.8 });
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
  expect(api.find((line) => line.startsWith('14.5 million citing links'))).toMatch(/ 145,000 +145,000 +14\.50 +90 GB$/);
  expect(api.at(-1)).toBe('cheapest in dollars: snapshot, by $17.34 and 17.3 days; it reads 1383 GB instead of 156 GB');
  const snapshot = await told('snapshot');
  expect(snapshot.filter((line) => line.includes('666 GB'))).toHaveLength(2);
  expect(snapshot.at(-1)).toBe("cheapest in dollars: snapshot, this study's own");
});

test('a smaller budget of a day makes more days, a larger one than a free key allows does not make fewer', async () => {
  const days = async (perDay: number) => routesOf(prices, await paper({ budget: { perDay } }))[0]!.days;
  expect([await days(1_000), await days(50_000)]).toEqual([173.4, 17.3]);
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
  expect(priceOf(step('source/openalex-citing-works', 0), undefined, rows)).toMatchObject({ basis: 'price list', credits: 145_000 });
  expect(priceOf(step('source/openalex-citing-works', 835), undefined, rows)).toMatchObject({ basis: 'price list', credits: 29_000 });
  expect(priceOf(step('atlas/growth', 1), undefined, rows)).toMatchObject({ basis: null, credits: 0 });
  expect(priceOf({ ...step('source/openalex-links', 1), action: 'hit' }, last, rows)).toMatchObject({ basis: null, credits: 0 });
});

test('the list sums to what the documentation prints', async () => {
  expect(total(rowsOf(prices, await paper(), 'api').map(listed)).usd).toBeCloseTo(17.34, 2);
});
