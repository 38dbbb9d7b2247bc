import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { historyToJSON } from '@temporalio/common/lib/proto-utils';
import { projectRoot } from '../../stack/project-root';
import { startSimulator, type Simulator } from '../../simulator/server';
import { buildWorld } from '../../simulator/world/build';
import type { Database } from '../../store/database';
import { digestsOf, everythingSaid, TestHome, type Rebuilt } from '../atlas';
import { ledgerLines, simulatorLines } from './books';

jest.setTimeout(1_800_000);

const ROUNDS = process.env['ATLAS_LONG_TESTS'] === '1' ? 10 : 1;
const OPENALEX_KEY = 'openalex-Storm.Key/1';
const NCBI_KEY = 'ncbi0storm0key0123456789';
const table = (name: string): string => JSON.stringify(path.join(projectRoot(), 'config', 'tables', name));

/** Both corpora, both routes to PubMed, on a world of a few hundred records; few years, since each wants lists of its own. */
const YAML = `extends: ai-life-science
years: [2019, 2022]
pubmed: { routes: [bulk, eutils], term: all }
rank:
  journalFiles: [${table('synthetic-jcr.csv')}]
  coreFiles: [${table('synthetic-core.csv')}]
`;

const { holdings } = buildWorld({ seed: 5, scale: 'tiny' });
let home: TestHome;
let simulator: Simulator | undefined;
let calm: Rebuilt;
const hits = new Set<string>();

beforeAll(async () => {
  home = new TestHome({ OPENALEX_API_KEY: OPENALEX_KEY, NCBI_API_KEY: NCBI_KEY, ATLAS_TIMEOUT_SECONDS: '1' });
  await home.hold();
  calm = await under(null, 'calm');
});
afterAll(async () => {
  await simulator?.close();
  await home.end();
});

/** A rebuild from nothing, with services of its own; a study of another name has another database. */
async function under(storm: { seed: number; share: number } | null, name: string): Promise<Rebuilt> {
  await simulator?.close();
  simulator = await startSimulator({ holdings });
  if (storm !== null) simulator.faults.brew(storm);
  const { openalex, eutils, bulk } = simulator.urls;
  const env = { ATLAS_OPENALEX_URL: openalex, ATLAS_EUTILS_URL: eutils, ATLAS_BULK_URL: bulk };
  const answer = await home.run(['rebuild', '--study', home.study(name, YAML), '--json', '--vintage', name], { env });
  if (answer.code !== 0) throw new Error(`Expected the rebuild to end with 0, got ${answer.code}: ${answer.stderr.slice(-3_000)}`);
  for (const { fault } of simulator.entries) if (fault !== null) hits.add(fault);
  return JSON.parse(answer.stdout) as Rebuilt;
}

test('the calm run asks each thing once, and its ledger is the books of the services', async () => {
  const lines = await ledgerLines(await home.database('calm'));
  expect(lines).toEqual(simulatorLines(simulator!));
  expect(lines.length).toBeGreaterThan(40);
});

test.each(Array.from({ length: ROUNDS }, (_, round) => round + 1))(
  'a storm of all faults, seed %i: the same digests, and the ledger is the books, request for request and credit for credit',
  async (seed) => {
    const rebuilt = await under({ seed, share: 0.6 }, `storm-${seed}`);
    expect(digestsOf(rebuilt)).toEqual(digestsOf(calm));
    expect(await ledgerLines(await home.database(`storm-${seed}`))).toEqual(simulatorLines(simulator!));
  },
);

test('every kind of fault has hit', () => {
  expect(EACH.filter((kind) => !hits.has(kind))).toEqual([]);
});

test('after all that, no key stands in a file of the home, a history, the database, or what was said', async () => {
  const places = new Map([
    ['said', everythingSaid()],
    ['histories', JSON.stringify(await histories())],
    ['database', await databaseText(await home.database('storm-1'))],
    ...filesBelow(home.dir),
  ]);
  for (const [place, text] of places)
    for (const key of [OPENALEX_KEY, NCBI_KEY]) expect({ place, key: text.includes(key) }).toEqual({ place, key: false });
  expect(places.size).toBeGreaterThan(50);
});

/** All that Temporal keeps of all runs. */
async function histories(): Promise<unknown[]> {
  const client = await home.temporal();
  const found: unknown[] = [];
  for await (const { workflowId, runId } of client.workflow.list()) {
    found.push(historyToJSON(await client.workflow.getHandle(workflowId, runId).fetchHistory()));
  }
  return found;
}

async function databaseText({ pool }: Database): Promise<string> {
  const { rows } = await pool.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('store', 'data')`,
  );
  const texts = await Promise.all(
    rows.map(async ({ name }) => JSON.stringify((await pool.query(`select t::text from ${name} as t`)).rows)),
  );
  return texts.join('\n');
}

function filesBelow(folder: string): [string, string][] {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => {
      const file = path.join(parentPath, name);
      return [file, readFileSync(file, 'latin1')];
    });
}

const EACH = [
  ...['reset', 'reset-body', 'truncate', 'truncate-gzip', 'hang', 'stall', 'drip', 'slow', 'jump'],
  ...['error500', 'error502', 'error503', 'timeout504', 'pace429', 'budget429'],
  ...['html200', 'json200', 'error200', 'proxy400', 'empty200'],
  ...['missing', 'duplicate', 'foreign', 'same-cursor', 'old-cursor', 'corrupt', 'replaced'],
];
