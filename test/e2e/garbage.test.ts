import { digestsOf, json, stepsThat, type Answer, type Rebuilt } from '../atlas';
import { ownFiles, type OwnFiles } from './tiny-study';

jest.setTimeout(600_000);

let own: OwnFiles;
let study: string;
const runs: Rebuilt[] = [];

beforeAll(async () => {
  own = await ownFiles();
  study = own.study('littered');
  await own.home.run(['up', '--study', study]);
});

afterAll(() => own.end());

interface Freed {
  readonly dryRun: boolean;
  readonly kept: readonly { readonly id: number; readonly because: string }[];
  readonly steps: readonly { readonly step: string; readonly results: number; readonly bytes: number }[];
}

const run = (...args: readonly string[]): Promise<Answer> => own.home.run([...args, '--study', study, '--json']);
const gc = async (...args: readonly string[]): Promise<Freed> => json<Freed>(await run('gc', ...args));

/** Two rebuilds, each with another rule for the author who leads. */
test('says what it would free, and frees just that while a rebuild goes on', async () => {
  for (const role of ['first', 'last']) {
    own.study('littered', { more: `lead: { role: ${role} }\n` });
    runs.push(await own.home.rebuild(study));
  }
  const changed = stepsThat('ran', runs[1]!);
  const wanted = await gc('--keep', '1', '--dry-run');
  expect(wanted.kept).toEqual([expect.objectContaining({ id: runs[1]!.run, because: 'newest' })]);
  expect(wanted.steps.map(({ step }) => step)).toEqual(expect.arrayContaining(['sample/final', 'atlas/growth']));
  expect(changed).toEqual(expect.arrayContaining(wanted.steps.map(({ step }) => step)));
  const live = own.home.start(['rebuild', '--study', study, '--json', '--force', 'source/regions+']);
  const freed = await gc('--keep', '1');
  expect(json<Rebuilt>(await live.answer).status).toBe('done');
  expect(freed.steps.map(({ step, results }) => [step, results])).toEqual(wanted.steps.map(({ step, results }) => [step, results]));
  const after = await own.home.rebuild(study);
  expect(digestsOf(after)).toEqual(digestsOf(runs[1]!));
});

test('what was freed is told of, not shown; a rebuild makes it again with equal digests and no request', async () => {
  const shown = json<Rebuilt>(await run('show', String(runs[0]!.run)));
  expect(digestsOf(shown)).toEqual(digestsOf(runs[0]!));
  for (const args of [
    ['export', '--run', String(runs[0]!.run), '--table', 'atlas.growth'],
    ['diff', String(runs[0]!.run), String(runs[1]!.run)],
  ])
    expect(await run(...args)).toMatchObject({ code: 2, stderr: expect.stringMatching(/atlas gc has freed them/) as string });
  own.study('littered', { more: 'lead: { role: first }\n' });
  const asked = own.simulator.ledger.openalex.requests;
  expect(digestsOf(await own.home.rebuild(study))).toEqual(digestsOf(runs[0]!));
  expect(own.simulator.ledger.openalex.requests).toBe(asked);
});

test('a pinned run is kept, and cannot be given up', async () => {
  const id = String(runs[1]!.run);
  expect((await run('pin', id)).code).toBe(0);
  expect(await run('gc', id)).toMatchObject({ code: 2, stderr: expect.stringMatching(/pinned.*atlas unpin/) as string });
  expect((await gc('--keep', '1')).kept).toContainEqual(expect.objectContaining({ id: runs[1]!.run, because: 'pinned' }));
  expect((await run('unpin', id)).code).toBe(0);
  for (const args of [['99'], ['--keep', '0'], ['--days', 'x']])
    expect({ args, code: (await run('gc', ...args)).code }).toEqual({ args, code: 2 });
});
