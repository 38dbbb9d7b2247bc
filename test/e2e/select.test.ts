import { json, stepsThat, type Answer, type Rebuilt } from '../atlas';
import { ownFiles, type OwnFiles } from './tiny-study';

jest.setTimeout(600_000);

let own: OwnFiles;
let study: string;

beforeAll(async () => {
  own = await ownFiles();
  study = own.study('selected');
  await own.home.hold();
  await own.home.rebuild(study);
});

afterAll(() => own.end());

const run = (...args: readonly string[]): Promise<Answer> => own.home.run([...args, '--study', study, '--json']);

interface Plan {
  readonly fingerprint: string;
  readonly outside: readonly string[];
  readonly steps: readonly { readonly step: string; readonly action: string }[];
}
const plan = async (...args: readonly string[]): Promise<Plan> => json<Plan>(await run('plan', ...args));

/** The last author leads, or the first: two studies that differ below `sample/lead-country`. */
const leadBy = (role: string): string => own.study('selected', { more: `lead: { role: ${role} }\n` });

describe('a selection', () => {
  it('runs what was selected and leaves the rest, the page and the plain views as they were', async () => {
    const before = await own.home.table(study, 'sample.lead_country');
    leadBy('first');
    const only = await run('rebuild', '--only', 'sample/lead-country');
    const rebuilt = json<Rebuilt>(only);
    expect({ code: only.code, status: rebuilt.status, site: rebuilt.site }).toEqual({ code: 0, status: 'done', site: null });
    expect(stepsThat('ran', rebuilt)).toEqual(['sample/lead-country']);
    expect(stepsThat('skipped', rebuilt)).toContain('sample/final');
    expect(await own.home.table(study, 'sample.lead_country')).toEqual(before);
    const own_ = json<unknown[]>(await run('export', '--run', String(rebuilt.run), '--table', 'sample.lead_country', '--format', 'json'));
    expect(own_).not.toEqual(before);
  });

  it('is refused when it reads what is not current, which is named', async () => {
    leadBy('last');
    await own.home.rebuild(study);
    leadBy('first');
    const forced = ['--force', 'sample/topic'];
    const { code, stderr } = await run('rebuild', '--only', 'atlas/growth');
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(/sample\/\S+, read by atlas\/growth/) as string });
    const outside = await run('rebuild', '--only', 'sample/lead-country', ...forced);
    expect({ code: outside.code, stderr: outside.stderr }).toEqual({
      code: 2,
      stderr: expect.stringContaining('got sample/topic') as string,
    });
  });

  it('from a step is that step and all below it, and makes the study whole', async () => {
    const { steps, outside } = await plan('--from', 'sample/lead-country');
    expect(outside).toEqual([]);
    expect(steps.map(({ step }) => step)).toContain('report/drift');
    expect(steps.map(({ step }) => step)).not.toContain('sample/topic');
    const rebuilt = json<Rebuilt>(await run('rebuild', '--from', 'sample/lead-country'));
    expect({ status: rebuilt.status, skipped: stepsThat('skipped', rebuilt), page: rebuilt.site !== null }).toEqual({
      status: 'done',
      skipped: [],
      page: true,
    });
  });

  it.each([
    [['--only', 'sample/lead-countries'], 'Did you mean sample/lead-country'],
    [['--from', 'topic'], 'Did you mean sample/topic'],
    [['--only'], 'Expected --only with a step, got --study'],
  ])('%j is refused', async (args, text) => {
    const { code, stderr } = await run('rebuild', ...args);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(text) as string });
  });
});

describe('a plan that was accepted', () => {
  it('is run when it stands', async () => {
    const { fingerprint } = await plan('--force', 'sample/topic');
    expect((await run('rebuild', '--force', 'sample/topic', '--accept', fingerprint)).code).toBe(0);
  });

  it('that moved is refused, with each step that moved and why', async () => {
    const { fingerprint } = await plan('--force', 'sample/topic');
    leadBy('last');
    const { code, stdout, stderr } = await run('rebuild', '--accept', fingerprint);
    const { moved } = JSON.parse(stdout) as { moved: { step: string; action: unknown; cues: unknown }[] };
    expect(code).toBe(3);
    expect(moved.find(({ step }) => step === 'sample/topic')).toMatchObject({
      action: { was: 'run', is: 'hit' },
      cues: [{ cue: 'forced', was: 'yes', is: 'no' }],
    });
    expect(moved.find(({ step }) => step === 'sample/lead-country')!.cues).toEqual([
      { cue: 'param', was: 'role "first"', is: 'role "last"' },
    ]);
    expect(moved.some(({ step }) => step === 'source/regions')).toBe(false);
    expect(stderr).toContain('param: role "first" → role "last"');
  });
});

describe('a failed step', () => {
  /** Shards of a step are refused by the database, as on a full disk; those of another take their time. */
  const broken = async <T>(name: string, { step, slow }: { step: string; slow: string }, work: () => Promise<T>): Promise<T> => {
    const { pool } = await own.home.database(name);
    await pool.query(`create function store.refuse() returns trigger language plpgsql as $$ begin
      if new.step = '${step}' then raise 'refused for a test'; end if;
      if new.step = '${slow}' then perform pg_sleep(6); end if;
      return new; end $$`);
    await pool.query(
      `create trigger refuse before update on store.shard for each row when (new.state = 'done') execute function store.refuse()`,
    );
    return work().finally(() => pool.query('drop function store.refuse() cascade'));
  };
  const messages = ({ steps }: Rebuilt): Map<string, string | null> =>
    new Map(steps.map((step) => [step.step, (step as unknown as { message: string | null }).message]));

  it('stops what is below it, and nothing else', async () => {
    leadBy('first');
    const rebuilt = await broken('selected', { step: 'sample/topic', slow: 'none' }, async () =>
      json<Rebuilt>(await run('rebuild', '--force', 'sample/topic+', 'atlas/lead-branches')),
    );
    expect({ status: rebuilt.status, failed: stepsThat('failed', rebuilt) }).toEqual({ status: 'failed', failed: ['sample/topic'] });
    expect(messages(rebuilt).get('sample/final')).toBe('not begun: sample/topic failed');
    expect(stepsThat('ran', rebuilt)).toContain('atlas/lead-branches');
  });

  it('that says so stops the run', async () => {
    const fresh = own.study('stopped');
    await own.home.run(['plan', '--study', fresh]);
    const answer = await broken('stopped', { step: 'source/regions', slow: 'sample/keyword-hits' }, () =>
      own.home.run(['rebuild', '--study', fresh, '--json']),
    );
    const rebuilt = json<Rebuilt>(answer);
    expect({ status: rebuilt.status, failed: stepsThat('failed', rebuilt) }).toEqual({ status: 'failed', failed: ['source/regions'] });
    // It does not read the regions, and what it reads came when they had failed.
    expect(messages(rebuilt).get('atlas/lead-branches')).toBe('not begun: source/regions failed');
    expect(stepsThat('ran', rebuilt)).toContain('sample/keyword-hits');
  });
});
