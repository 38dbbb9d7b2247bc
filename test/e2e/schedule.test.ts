import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { digestsOf, json, type Answer, type Rebuilt } from '../atlas';
import { ownFiles, type OwnFiles } from './tiny-study';

jest.setTimeout(600_000);

let own: OwnFiles;
let study: string;
let client: Client;

beforeAll(async () => {
  own = await ownFiles();
  study = own.study('scheduled');
});

afterAll(() => own.end());

const run = (...args: readonly string[]): Promise<Answer> => own.home.run([...args, '--study', study, '--json']);

interface Shown {
  readonly run: number;
  readonly status: string;
  readonly trigger: string;
  readonly vintage: string;
}
const runs = async (): Promise<readonly Shown[]> => json<Shown[]>(await run('runs'));

/** Asks again until the newest run fits. */
async function until(fits: (newest: Shown | undefined) => boolean): Promise<Shown> {
  for (const end = Date.now() + 120_000; Date.now() < end; await sleep(200)) {
    const [newest] = await runs();
    if (fits(newest)) return newest!;
  }
  throw new Error(`Expected a run that fits within two minutes, got ${JSON.stringify((await runs())[0])}.`);
}

async function refuses(args: readonly string[], text: string | RegExp): Promise<void> {
  const { code, stderr } = await run(...args);
  expect({ args, code, stderr }).toEqual({ args, code: 2, stderr: expect.stringMatching(text) as string });
}

describe('a schedule', () => {
  it('needs engines that stay up', async () => {
    await refuses(['schedule', '0 3 1 * *'], /atlas up/);
    await refuses(['schedule', 'every monday'], /Expected a cron line of five fields/);
  });

  it('is refused with a bad cron line, and so is holding one that is not there', async () => {
    await run('up');
    client = await own.home.temporal();
    for (const cron of ['61 * * * *', '* * *', '0 3 1 * * * * *', '0 3 1 foo *', 'on'])
      await refuses(['schedule', cron], /Expected a cron line/);
    await refuses(['schedule', 'off'], /got none/);
    await refuses(['schedule', 'pause'], /got none/);
    await refuses(['schedule', '0 3 1 * *', '--vintage', '{yyyy} {mm}'], /Expected --vintage/);
  });

  it('is shown by status, and can be held', async () => {
    expect((await run('schedule', '0 3 1 * *', '--vintage', 'v{yyyy}-{mm}')).code).toBe(0);
    const shown = async (): Promise<unknown> => json<{ schedule: unknown }>(await run('status')).schedule;
    const next = expect.stringMatching(/^\d{4}-\d\d-01T03:00:00/) as string;
    expect(await shown()).toEqual({ cron: '0 3 1 * *', vintage: 'v{yyyy}-{mm}', paused: false, next });
    expect(json(await run('schedule', 'pause'))).toMatchObject({ schedule: { paused: true } });
    expect(json(await run('schedule', 'unpause'))).toMatchObject({ schedule: { paused: false } });
  });

  it('starts a whole rebuild, of the vintage of the day; its turn is left out while another rebuild is live', async () => {
    const schedule = client.schedule.getHandle('rebuild:scheduled');
    await schedule.trigger();
    const live = await until((newest) => newest !== undefined);
    const vintage = `v${new Date().toISOString().slice(0, 7)}`;
    expect(live).toMatchObject({ trigger: 'schedule', vintage });
    await refuses(['rebuild', '--force', 'source/regions'], `got run ${live.run} in progress`);
    const followed = json<Rebuilt>(await run('rebuild', '--vintage', vintage));
    expect({ run: followed.run, status: followed.status }).toEqual({ run: live.run, status: 'done' });

    const manual = own.home.start(['rebuild', '--study', study, '--json', '--force', 'source/pubmed-files+', '--vintage', vintage]);
    const other = await until((newest) => newest!.run > live.run);
    // Held, so that it is live for as long as the turn takes.
    expect((await run('pause')).code).toBe(0);
    const before = (await outcomes('AtlasTrigger = "schedule"')).length;
    await schedule.trigger();
    while ((await outcomes('AtlasTrigger = "schedule"')).length === before) await sleep(100);
    expect((await run('unpause')).code).toBe(0);
    expect((await manual.answer).code).toBe(0);
    const turns = await outcomes('AtlasTrigger = "schedule"');
    expect(turns).toContainEqual({ run: null, ran: [], skipped: expect.stringContaining(`run ${other.run} in progress`) as string });
    expect((await runs()).filter(({ trigger }) => trigger === 'schedule')).toHaveLength(1);
  });

  it('can be taken off', async () => {
    expect(json(await run('schedule', 'off'))).toMatchObject({ schedule: null });
    expect(json(await run('status'))).toMatchObject({ schedule: null });
  });
});

async function outcomes(query: string): Promise<unknown[]> {
  const found: unknown[] = [];
  for await (const { workflowId, runId } of client.workflow.list({ query }))
    found.push(await client.workflow.getHandle(workflowId, runId).result());
  return found;
}

describe('a rebuild that is started past the commands', () => {
  const start = async (workflowId: string, ...args: readonly object[]): Promise<object> => {
    const { taskQueue } = await client.workflow.getHandle('rebuild:scheduled').describe();
    return (await client.workflow.execute('rebuild', { workflowId, taskQueue, args: [...args] })) as object;
  };
  const refused = (text: string): object => ({ cause: { message: expect.stringContaining(text) as string } });

  it('does not go through a run again that is over: it is a new one, like it', async () => {
    const [last] = await runs();
    const answer = await start('by-hand', { run: last!.run });
    const [newest] = await runs();
    expect(answer).toMatchObject({ run: newest!.run, skipped: null });
    expect(newest).toMatchObject({ status: 'done', trigger: `again, like run ${last!.run}`, vintage: last!.vintage });
    expect(newest!.run).toBeGreaterThan(last!.run);
  });

  it('is refused while another one drives the run, and when it names nothing', async () => {
    const { run: id } = json<Rebuilt>(await run('rebuild', '--detach', '--force', 'source/regions+'));
    await run('pause');
    await until((newest) => newest!.run === id && newest!.status === 'paused');
    await expect(start('second', { run: id })).rejects.toMatchObject(refused(`got run ${id} in progress`));
    await expect(start('third', { study: 'nothing' })).rejects.toMatchObject(refused('Start the first rebuild of a study'));
    await expect(start('fourth', { run: 1 })).rejects.toMatchObject(refused(`got run ${id} in progress`));
    await run('unpause');
    expect(await until((newest) => newest!.status === 'done')).toMatchObject({ run: id });
  });

  it('is lost when somebody ends its workflow, and resumed', async () => {
    const { run: id, workflowId } = json<Rebuilt>(await run('rebuild', '--detach', '--force', 'sample/pubmed-matches'));
    await sleep(500);
    await client.workflow.getHandle(workflowId).terminate('for a test');
    await refuses(['pause'], `got run ${id}, which is lost`);
    expect(await until((newest) => newest!.run === id)).toMatchObject({ status: 'lost' });
    const resumed = json<Rebuilt>(await run('resume', String(id)));
    expect(resumed.status).toBe('done');
    await refuses(['resume', String(resumed.run)], 'which is done');
    await refuses(['resume', '99'], /Its newest is \d+; atlas runs/);
    expect(Object.values(digestsOf(resumed)).every((digest) => digest !== null)).toBe(true);
  });

  it('a run of another study in the same database is refused by name', async () => {
    const url = await (await own.home.hold()).database('atlas_scheduled');
    const { address, namespace } = (await own.home.hold()).temporal!;
    const env = { ATLAS_DATABASE_URL: url, TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: namespace };
    const other = own.study('another');
    for (const args of [
      ['show', '1'],
      ['diff', '1', '2'],
      ['export', '--run', '1'],
      ['resume', '1'],
    ]) {
      const { code, stderr } = await own.home.run([...args, '--study', other], { env });
      expect({ args, code, stderr }).toEqual({ args, code: 2, stderr: expect.stringContaining('a run of scheduled') as string });
    }
  });
});
