import { renameSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { digestsOf, json, stepsThat, type Answer, type Rebuilt } from '../atlas';
import { ownFiles, type OwnFiles } from './tiny-study';

jest.setTimeout(600_000);

const READERS = ['sample/keyword-hits', 'sample/pubmed-clinical'];

let own: OwnFiles;
let client: Client;
let undisturbed: Rebuilt;

beforeAll(async () => {
  own = await ownFiles();
  client = await own.home.temporal();
  await own.home.run(['up', '--study', own.study('undisturbed')]);
  undisturbed = await own.home.rebuild(own.study('undisturbed'));
});

afterAll(() => own.end());

const run = (study: string, ...args: readonly string[]): Promise<Answer> => own.home.run([...args, '--study', study, '--json']);

interface Held extends Rebuilt {
  readonly steps: readonly (Rebuilt['steps'][number] & { readonly message: string | null })[];
}

/** A rebuild whose last PubMed file goes away when the run is recorded and no step has read it yet. */
async function robbed(study: string): Promise<{ answer: Answer; putBack: () => void }> {
  const file = own.files.at(-1)!;
  await run(study, 'plan');
  const running = own.home.start(['rebuild', '--study', study, '--json']);
  await own.home.withDatabase(study, async ({ pool }) => {
    for (let runs = 0; runs === 0; await sleep(20)) runs = (await pool.query(`select from store.run where finished is null`)).rows.length;
  });
  renameSync(file, `${file}.away`);
  return {
    answer: await running.answer,
    putBack: () => {
      renameSync(`${file}.away`, file);
    },
  };
}

async function found(query: string): Promise<string[]> {
  const ids: string[] = [];
  for await (const { workflowId } of client.workflow.list({ query })) ids.push(workflowId);
  return ids.sort();
}

describe('a file that goes away in the midst of a run', () => {
  let study: string;
  let blocked: Held;
  let putBack: () => void;

  it('blocks the steps that read it; a command without a terminal says what to do, and ends with 1', async () => {
    study = own.study('held');
    const told = await robbed(study);
    putBack = told.putBack;
    blocked = json<Held>(told.answer);
    expect({ code: told.answer.code, status: blocked.status, steps: stepsThat('blocked', blocked) }).toEqual({
      code: 1,
      status: 'blocked',
      steps: READERS,
    });
    for (const { message, action } of blocked.steps)
      if (action === 'blocked') expect(message).toMatch(/Expected to read \S+, got ENOENT.* Put it back .*unblock this step/);
    expect(told.answer.stderr).toContain('atlas unblock STEP');
    expect(stepsThat('ran', blocked)).toContain('source/regions');
  });

  it('is found by one query in the Temporal UI', async () => {
    const { workflowId, run: id } = blocked;
    const expected = [workflowId, ...READERS.map((step) => `${workflowId}/${id}/${step}`)];
    expect(await found('AtlasStatus = "blocked"')).toEqual(expected);
  });

  it('refuses to unblock what is not blocked, or to resume what has not ended', async () => {
    for (const [args, text] of [
      [['unblock', 'source/regions'], `Expected a step that is blocked or sleeps, got source/regions, which is done`],
      [['unblock', 'sample/pubmed-match'], 'Did you mean sample/pubmed-matches'],
      [['resume'], 'atlas unblock STEP lets it go on'],
    ] as const) {
      const { code, stderr } = await run(study, ...args);
      expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(text) as string });
    }
    const handle = client.workflow.getHandle(blocked.workflowId);
    const refused = handle.executeUpdate('unblock', { args: ['source/regions'] });
    await expect(refused).rejects.toMatchObject({ cause: { message: expect.stringContaining('these are: ') as string } });
  });

  it('blocks again when nothing was mended', async () => {
    expect((await run(study, 'unblock', READERS[1]!)).code).toBe(0);
    const again = await run(study, 'rebuild');
    expect(again.code).toBe(2);
    expect(again.stderr).toContain('pubmed.files');
  });

  it('goes on when the file is back, by a command or from the Temporal UI, and gives the rows of an undisturbed run', async () => {
    putBack();
    expect((await run(study, 'unblock', READERS[1]!)).code).toBe(0);
    await client.workflow.getHandle(blocked.workflowId).executeUpdate('unblock', { args: [READERS[0]] });
    const answer = await run(study, 'rebuild');
    const done = json<Rebuilt>(answer);
    expect({ code: answer.code, run: done.run, status: done.status }).toEqual({ code: 0, run: blocked.run, status: 'done' });
    expect(digestsOf(done)).toEqual(digestsOf(undisturbed));
    expect(await found('AtlasStatus = "blocked"')).toEqual([]);
  });
});

describe('a step that is given up', () => {
  it('has failed, and the run with it, when all else is done', async () => {
    const study = own.study('given-up');
    const { answer, putBack } = await robbed(study);
    expect(json<Rebuilt>(answer).status).toBe('blocked');
    for (const step of READERS) expect((await run(study, 'unblock', step, '--abort')).code).toBe(0);
    putBack();
    const after = await ended(study);
    expect({ status: after.status, failed: stepsThat('failed', after) }).toEqual({ status: 'failed', failed: READERS });
    expect(after.steps.find(({ step }) => step === READERS[1])!.message).toContain('given up by a person');
  });
});

/** The last run, once it has ended. */
async function ended(study: string): Promise<Held> {
  for (const end = Date.now() + 60_000; Date.now() < end; await sleep(200)) {
    const shown = json<Held>(await run(study, 'status'));
    if (!['running', 'blocked'].includes(shown.status)) return shown;
  }
  throw new Error('Expected the run to end within a minute, got it still live.');
}
