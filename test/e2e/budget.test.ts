import { json, type Rebuilt } from '../atlas';
import { ownFiles, type OwnFiles } from './tiny-study';

jest.setTimeout(600_000);

const MIDNIGHT = Date.UTC(2026, 10, 23);
/** The service's day stands still just before its end until a request is refused; then it goes on, into a day of plenty. */
const BEFORE_MS = 6_000;

let own: OwnFiles;
let stoodUntil: number | null = null;
const now = (): number => {
  if (own !== undefined && own.simulator.ledger.openalex.refused > 0) stoodUntil ??= Date.now();
  const passed = stoodUntil === null ? 0 : Date.now() - stoodUntil;
  if (passed >= BEFORE_MS) own.simulator.switches.dailyCredits = null;
  return MIDNIGHT - BEFORE_MS + passed;
};

beforeAll(async () => {
  own = await ownFiles({ OPENALEX_API_KEY: 'a-key' }, { switches: { dailyCredits: 2 }, now });
});
afterAll(() => own.end());

interface Shown {
  readonly run: number;
  readonly status: string;
  readonly message: string | null;
}

/** What `status` says as soon as it is no longer this. */
async function statusBut(study: string, ...not: readonly string[]): Promise<Shown> {
  for (;;) {
    const shown = json<Shown>(await own.home.run(['status', '--study', study, '--json']));
    if (shown.run !== null && !not.includes(shown.status)) return shown;
  }
}

const credits = (): number => own.simulator.ledger.openalex.credits;

test('when the service says that the day is spent, the run sleeps, says until when, and ends by itself', async () => {
  await own.home.hold();
  const study = own.study('slept');
  const running = own.home.start(['rebuild', '--study', study, '--json']);
  const asleep = await statusBut(study, 'running');
  expect(asleep).toMatchObject({ status: 'sleeping', message: expect.stringMatching(/Insufficient budget/) as string });
  const answer = await running.answer;
  expect(json<Rebuilt>(answer).status).toBe('done');
  expect(answer.stderr).toContain('sleeps until');
  // Nothing failed, nothing was paid twice.
  const database = await own.home.database(study);
  const { rows } = await database.pool.query<{ credits: number; sent: number; twice: number }>(
    `select sum(credits)::int as credits, count(*)::int as sent, (select count(*)::int from (select from store.request where credits > 0 group by request_digest having count(*) > 1) as t) as twice
     from store.request where service = 'openalex' and not cached`,
  );
  expect(rows[0]).toEqual({ credits: credits(), sent: own.simulator.ledger.openalex.requests, twice: 0 });
  expect(credits()).toBeGreaterThan(2);
});

test('the budget of a run ends it with what to do; the next run goes on from what was paid for', async () => {
  const whole = credits();
  const study = own.study('thrifty', { more: 'budget: { perRun: 6 }\n' });
  const before = credits();
  const first = await own.home.run(['rebuild', '--study', study]);
  expect(first.code).toBe(1);
  expect(first.stderr).toContain('Expected to stay within 6 credits a run, got 6 spent and 1 more asked for (budget.perRun of the study)');
  expect(credits() - before).toBe(6);
  let runs = 1;
  for (let code: number | null = 1; code !== 0; runs++) ({ code } = await own.home.run(['rebuild', '--study', study]));
  expect(credits() - before).toBe(whole);
  expect(runs).toBe(Math.ceil(whole / 6));
});

test("the study's budget of a day puts the run to sleep until midnight UTC, and status says so", async () => {
  const before = credits();
  const study = own.study('careful', { more: 'budget: { perDay: 2 }\n' });
  const running = own.home.start(['rebuild', '--study', study]);
  const asleep = await statusBut(study, 'running');
  expect(asleep.status).toBe('sleeping');
  expect(asleep.message).toMatch(/Expected to stay within 2 credits a day.*The run goes on by itself after \d{4}-\d\d-\d\dT00:00:00.000Z/);
  expect((await own.home.run(['cancel', '--study', study])).code).toBe(0);
  await running.answer;
  expect(credits() - before).toBe(2);
});
