import { startSimulator, type Simulator } from '../../simulator/server';
import { buildWorld } from '../../simulator/world/build';
import { json, TestHome, type Answer } from '../atlas';

jest.setTimeout(300_000);

/** The paper's study, but for its licensed ranking, which cannot lie in a repository. */
const YAML = 'extends: ai-life-science\nrank: { whenMissing: without }\n';
const CLOSED = 'http://127.0.0.1:1';

let home: TestHome;
let simulator: Simulator;
let study: string;
let here: Record<string, string>;
beforeAll(async () => {
  home = new TestHome();
  await home.hold();
  simulator = await startSimulator({ holdings: buildWorld({ seed: 3, scale: 'tiny' }).holdings, switches: { dailyCredits: 10_000 } });
  const { openalex, bulk, eutils } = simulator.urls;
  here = { ATLAS_OPENALEX_URL: openalex, ATLAS_BULK_URL: bulk, ATLAS_EUTILS_URL: eutils };
  study = home.study('paper', YAML);
});
afterAll(async () => {
  await home.end();
  await simulator.close();
});

const rebuild = (env: Record<string, string>): Promise<Answer> => home.run(['rebuild', '--study', study], { env });

test.each<[string, () => Record<string, string>, RegExp]>([
  ['a wrong key', () => ({ ...here, OPENALEX_API_KEY: 'invalid' }), /^Expected a valid OpenAlex key, got 401 .*Correct OPENALEX_API_KEY/m],
  [
    'no key',
    () => ({ ...here, ATLAS_OPENALEX_URL: 'https://api.openalex.org' }),
    /^Expected an OpenAlex key, got none\. .*openalex\.org\/settings\/api/m,
  ],
  [
    'no network',
    () => ({ ATLAS_OPENALEX_URL: CLOSED, ATLAS_BULK_URL: CLOSED, OPENALEX_API_KEY: 'good-key' }),
    /^Expected openalex to answer at http:\/\/127\.0\.0\.1:1, got .*\nExpected bulk to answer at .*--offline/m,
  ],
])('%s is told before a run is made, and nothing was paid', async (_name, env, message) => {
  const before = simulator.ledger.openalex.credits;
  const { code, stderr } = await rebuild(env());
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(message) as string });
  expect(json(await home.run(['runs', '--study', study, '--json']))).toEqual([]);
  expect(simulator.ledger.openalex.credits).toBe(before);
});

interface Check {
  readonly part: string;
  readonly ok: boolean;
  readonly required: boolean;
  readonly from: string | null;
  readonly advice: string | null;
}

async function doctor(env: Record<string, string>, ...args: string[]): Promise<{ code: number | null; checks: Map<string, Check> }> {
  const answer = await home.run(['doctor', '--json', ...args], { env });
  const { checks } = json<{ checks: Check[] }>(answer);
  return { code: answer.code, checks: new Map(checks.map((check) => [check.part, check])) };
}

test('doctor tells what is left of the budget beside what a first run wants, free of charge', async () => {
  const before = simulator.ledger.openalex.credits;
  const { checks } = await doctor({ ...here, OPENALEX_API_KEY: 'good-key' }, '--study', study);
  expect(checks.get('openalex')).toMatchObject({
    ok: true,
    advice: expect.stringMatching(/^10,000 of 10,000 credits left until .* wants about 190,866: 19\.1 days\.$/) as string,
  });
  expect(checks.get('bulk')).toMatchObject({ ok: true });
  expect(checks.get('disk for the study')?.from).toMatch(/^\d+ GB free$/);
  expect(checks.get('files')).toMatchObject({ ok: true });
  expect(simulator.ledger.openalex.credits).toBe(before);
});

test('doctor ends with 2 for a wrong key of a study that is named, and only tells of it otherwise', async () => {
  const named = await doctor({ ...here, OPENALEX_API_KEY: 'invalid' }, '--study', study);
  expect(named.code).toBe(2);
  expect(named.checks.get('openalex')).toMatchObject({
    ok: false,
    required: true,
    advice: expect.stringContaining('Correct OPENALEX') as string,
  });
  const other = await doctor({ ...here, OPENALEX_API_KEY: 'invalid' });
  expect(other.code).toBe(0);
  expect(other.checks.get('openalex')).toMatchObject({ ok: false, required: false });
  // The default study is the paper's, whose licensed ranking is not in place.
  expect(other.checks.get('files')).toMatchObject({ ok: false, advice: expect.stringContaining('rank.journalFiles') as string });
});
