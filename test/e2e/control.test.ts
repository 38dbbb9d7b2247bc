import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { digestsOf, json, type Answer } from '../atlas';
import { ownFiles, type OwnFiles } from './tiny-study';

jest.setTimeout(600_000);

let own: OwnFiles;
let study: string;

beforeAll(async () => {
  own = await ownFiles();
  study = own.study('controlled');
  await own.home.run(['up', '--study', study]);
});

afterAll(() => own.end());

const run = (...args: readonly string[]): Promise<Answer> => own.home.run([...args, '--study', study, '--json']);

interface Shown {
  readonly run: number;
  readonly status: string;
  readonly steps: readonly { readonly step: string; readonly shards: { readonly ran: number } }[];
}

const status = async (): Promise<Shown> => json<Shown>(await run('status'));
const shardsDone = ({ steps }: Shown): number => steps.reduce((sum, { shards }) => sum + shards.ran, 0);

/** Asks again until an answer fits. */
async function until(fits: (shown: Shown) => boolean): Promise<Shown> {
  for (const end = Date.now() + 120_000; Date.now() < end; await sleep(200)) {
    const shown = await status();
    if (fits(shown)) return shown;
  }
  throw new Error('Expected the run to come this far within two minutes, got something else.');
}

describe('a live run', () => {
  it('pauses between shards: no new one begins', async () => {
    expect((await run('rebuild', '--detach')).code).toBe(0);
    await until((shown) => shardsDone(shown) > 3);
    expect((await run('pause')).code).toBe(0);
    await until((shown) => shown.status === 'paused');
    await sleep(3_000);
    const before = shardsDone(await status());
    await sleep(3_000);
    expect(shardsDone(await status())).toBe(before);
  });

  it('goes on after unpause, and ends early on cancel with what it finished', async () => {
    const before = shardsDone(await status());
    expect((await run('unpause')).code).toBe(0);
    await until((shown) => shardsDone(shown) > before);
    expect((await run('cancel')).code).toBe(0);
    expect((await status()).status).toBe('cancelled');
  });

  it('is resumed with the study it had, and needs no shard a second time', async () => {
    const cancelled = await status();
    const answer = await run('resume');
    expect(answer.code).toBe(0);
    const resumed = json<{ status: string; steps: readonly { step: string; action: string; key: string; digest: string }[] }>(answer);
    expect(resumed.status).toBe('done');
    const hits = resumed.steps.filter(({ action }) => action === 'hit').map(({ step }) => step);
    const finished = cancelled.steps.filter((step) => 'action' in step && step.action === 'ran').map(({ step }) => step);
    expect(hits).toEqual(expect.arrayContaining(finished));
    const undisturbed = await own.home.rebuild(own.study('undisturbed'));
    expect(digestsOf({ steps: resumed.steps as never })).toEqual(digestsOf(undisturbed));
  });

  it('refuses what cannot be: nothing live, a finished run resumed, a run that is none', async () => {
    for (const args of [['pause'], ['unpause'], ['cancel'], ['resume', '2'], ['resume', '99'], ['resume', 'x']]) {
      const { code, stderr } = await run(...args);
      expect({ args, code, stderr: stderr.startsWith('Expected ') }).toEqual({ args, code: 2, stderr: true });
    }
  });

  it('hears what it is told from its first moment on', async () => {
    const live = own.home.start(['rebuild', '--force', 'source/regions+', '--study', study, '--json']);
    let told = await run('pause');
    while (told.stderr.includes('got none')) told = await run('pause');
    expect(told).toMatchObject({ code: 0 });
    expect((await run('cancel')).code).toBe(0);
    expect(json(await live.answer)).toMatchObject({ status: 'cancelled' });
  });

  it('and a flag that is none is refused as JSON too', async () => {
    const answer = await run('rebuild', '--frm', 'sample/topic');
    expect(json(answer)).toEqual({ error: expect.stringContaining('Did you mean --from?') as string, exitCode: 2 });
  });
});

describe('runs compared, numbers traced', () => {
  it('names where a difference began and which numbers moved', async () => {
    own.study('controlled', { more: 'lead: { role: first }\n' });
    const { run: later } = await own.home.rebuild(study);
    const difference = json<{
      causes: { step: string; because: string[] }[];
      steps: { step: string; from: string[] }[];
      differing: { a: number; b: number };
      numbers: { id: string; was: number; is: number }[];
      rows: unknown[];
    }>(await run('diff', '2', String(later), '--table', 'sample.lead_country'));
    expect(difference.causes).toEqual([{ step: 'sample/lead-country', because: ['param: role "last" → role "first"'] }]);
    expect(difference.steps.map(({ step }) => step)).toEqual(
      expect.arrayContaining(['sample/lead-country', 'sample/final', 'report/drift']),
    );
    expect(difference.numbers.length).toBeGreaterThan(0);
    expect(difference.numbers.filter(({ was, is }) => was === is)).toEqual([]);
    expect(difference.steps.filter(({ from }) => from.join() !== 'sample/lead-country')).toEqual([]);
    const { a, b } = difference.differing;
    expect(Math.min(a, b)).toBeGreaterThan(0);
    expect(difference.rows).toHaveLength(Math.min(a, 10) + Math.min(b, 10));
  });

  it('finds no difference between a run and itself', async () => {
    expect(json(await run('diff', '2', '2'))).toMatchObject({ causes: [], steps: [], numbers: [] });
  });

  it('goes from a number to its rows, its steps and the requests behind them', async () => {
    const totals = await own.home.table<{ country: string; articles: number }>(study, 'atlas.country_totals');
    const { country, articles } = totals[0]!;
    const traced = json<{ value: number; rows: unknown[]; steps: { step: string; requests: number }[] }>(
      await run('trace', `atlas/country-totals?country=${country}#articles`),
    );
    expect(traced.value).toBe(articles);
    expect(traced.rows).toEqual([totals[0]]);
    expect(traced.steps.map(({ step }) => step)).toEqual(
      expect.arrayContaining(['sample/final', 'sample/pubmed-matches', 'source/pubmed-files']),
    );
    expect(traced.steps.find(({ step }) => step === 'source/openalex-links')!.requests).toBeGreaterThan(0);
  });

  it('still can when the last rebuild had nothing to do', async () => {
    const { run: idle, steps } = await own.home.rebuild(study);
    expect(steps.filter(({ action }) => action !== 'hit')).toEqual([]);
    expect(json(await run('trace', 'atlas/growth#articles'))).toMatchObject({ run: idle, step: 'atlas/growth' });
  });

  it('writes a page that was deleted again, though every step is current', async () => {
    rmSync(path.join(own.home.dir, 'site'), { recursive: true });
    const { site } = await own.home.rebuild(study);
    expect(site).not.toBeNull();
    expect(existsSync(site!)).toBe(true);
  });

  it('refuses ids that name nothing, with the nearest that names something', async () => {
    expect((await run('trace', 'country.UX')).stderr).toContain('Did you mean country.US?');
    for (const id of ['nothing', '//[', 'atlas/nothing', 'atlas/growth#nothing', 'atlas/growth?year=1#articles']) {
      expect({ id, code: (await run('trace', id)).code }).toEqual({ id, code: 2 });
    }
    expect((await run('diff', '1', '2')).code).toBe(2);
  });
});
