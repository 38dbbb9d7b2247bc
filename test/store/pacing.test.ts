import { createFetcher } from '../../clients/http/fetcher';
import { memoryArchive } from '../../clients/http/memory';
import { searchWindow } from '../../clients/pubmed/search';
import { startSimulator, type Simulator } from '../../simulator/server';
import { buildWorld } from '../../simulator/world/build';
import type { Database } from '../../store/database';
import { createLedger } from '../../store/ledger';
import { createLimiter } from '../../store/limiter';
import { TestPostgres } from '../postgres';

/** NCBI's limit with a key, and the program's pace below it. */
const LIMIT = 10;
const GAP_MS = 111;
const REQUESTS = 30;
const LANES = 3;

let postgres: TestPostgres;
let simulator: Simulator;
beforeAll(async () => {
  postgres = await TestPostgres.start();
  simulator = await startSimulator({ holdings: buildWorld({ seed: 3, scale: 'tiny' }).holdings, switches: { eutilsPerSecond: LIMIT } });
});
afterAll(async () => {
  await simulator.close();
  await postgres.close();
});

/** What one worker has: a pool of connections to the shared database and a client of its own. */
function worker(database: Database, gap: number) {
  const { openalex, eutils, bulk, snapshot } = simulator.urls;
  return createFetcher({
    bases: { openalex, eutils, bulk, snapshot },
    secrets: {},
    archive: memoryArchive(),
    ledger: createLedger(database, { run: null, step: null, shard: null }),
    limiter: createLimiter(database, { eutils: gap }),
    userAgent: 'research-atlas-test',
  });
}

async function searchAll(gap: number): Promise<void> {
  const database = await postgres.database();
  const workers = [worker(database, gap), worker(postgres.open(database.url), gap)];
  const days = Array.from({ length: REQUESTS }, (_, index) => `2020/01/${String(index + 1).padStart(2, '0')}`);
  const todo = days.entries();
  const lane = async (index: number): Promise<void> => {
    for (const [, day] of todo) await searchWindow(workers[index % 2]!, { term: 'all[sb]', from: day, to: day });
  };
  await Promise.all(Array.from({ length: 2 * LANES }, (_, index) => lane(index)));
  await Promise.all(workers.map((one) => one.close()));
}

test('two workers that share a database never go over the limit of a service', async () => {
  await searchAll(GAP_MS);
  const { requests, refused, maxPerSecond } = simulator.ledger.eutils;
  expect({ requests, refused }).toEqual({ requests: REQUESTS, refused: 0 });
  expect(maxPerSecond).toBeLessThanOrEqual(LIMIT);
});

test('and would without the limiter, so that the test above means something', async () => {
  const before = simulator.ledger.eutils.refused;
  await searchAll(0);
  expect(simulator.ledger.eutils.refused).toBeGreaterThan(before);
});
