import path from 'node:path';
import { projectRoot } from '../../stack/project-root';
import { startSimulator, type Simulator } from '../../simulator/server';
import { buildWorld } from '../../simulator/world/build';
import { digestsOf, TestHome, type Rebuilt } from '../atlas';
import { ledgerLines, simulatorLines } from './books';

jest.setTimeout(1_800_000);

const ROUNDS = process.env['ATLAS_LONG_TESTS'] === '1' ? 10 : 1;
const table = (name: string): string => JSON.stringify(path.join(projectRoot(), 'config', 'tables', name));

/** Both corpora, both routes to PubMed, on a world of a few hundred records. */
const YAML = `extends: ai-life-science
pubmed: { routes: [bulk, eutils], term: all }
rank:
  journalFiles: [${table('synthetic-jcr.csv')}]
  coreFiles: [${table('synthetic-core.csv')}]
`;

const { holdings } = buildWorld({ seed: 5, scale: 'tiny' });
let home: TestHome;
let simulator: Simulator;
let calm: Rebuilt;

beforeAll(async () => {
  home = new TestHome({ OPENALEX_API_KEY: 'storm-key', ATLAS_TIMEOUT_SECONDS: '1' });
  await home.hold();
  calm = await under(null, 'calm');
});
afterEach(() => simulator.close());
afterAll(() => home.end());

/** A rebuild from nothing, with services of its own; a study of another name has another database. */
async function under(storm: { seed: number; share: number } | null, name: string): Promise<Rebuilt> {
  simulator = await startSimulator({ holdings });
  if (storm !== null) hits = simulator.faults.brew(storm).hits;
  const { openalex, eutils, bulk } = simulator.urls;
  const env = { ATLAS_OPENALEX_URL: openalex, ATLAS_EUTILS_URL: eutils, ATLAS_BULK_URL: bulk };
  const answer = await home.run(['rebuild', '--study', home.study(name, YAML), '--json', '--vintage', name], { env });
  if (answer.code !== 0) throw new Error(`Expected the rebuild to end with 0, got ${answer.code}: ${answer.stderr.slice(-3_000)}`);
  return JSON.parse(answer.stdout) as Rebuilt;
}

let hits: ReadonlyMap<string, number> = new Map();

test('the calm run asks each thing once, and its ledger is the books of the services', async () => {
  const lines = await ledgerLines(await home.database('calm'));
  expect(lines).toEqual(simulatorLines(simulator));
  expect(lines.length).toBeGreaterThan(50);
});

test.each(Array.from({ length: ROUNDS }, (_, round) => round + 1))(
  'a storm of all faults, seed %i: the same digests, and the ledger is the books, request for request and credit for credit',
  async (seed) => {
    const rebuilt = await under({ seed, share: 0.45 }, `storm-${seed}`);
    expect(digestsOf(rebuilt)).toEqual(digestsOf(calm));
    expect(await ledgerLines(await home.database(`storm-${seed}`))).toEqual(simulatorLines(simulator));
    const missed = EACH.filter((kind) => !hits.has(kind));
    expect(missed).toEqual([]);
  },
);

const EACH = [
  ...['reset', 'reset-body', 'truncate', 'truncate-gzip', 'hang', 'stall', 'drip', 'slow', 'jump'],
  ...['error500', 'error502', 'error503', 'timeout504', 'pace429', 'budget429'],
  ...['html200', 'json200', 'error200', 'proxy400', 'empty200'],
  ...['missing', 'duplicate', 'foreign', 'same-cursor', 'old-cursor', 'corrupt', 'replaced'],
];
