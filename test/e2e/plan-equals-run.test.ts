import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { json, stepsThat, TestHome, type Rebuilt } from '../atlas';
import { OwnSteps } from './own-steps';

jest.setTimeout(600_000);

const ROUNDS = process.env['ATLAS_LONG_TESTS'] === '1' ? 10 : 2;

/** What a user may edit between two runs: the number in each file (null: the file is gone) and what the last step adds. */
interface Edition {
  readonly numbers: readonly (number | null)[];
  readonly added: number;
}

const FILES = 6;
const edition: fc.Arbitrary<Edition> = fc.record({
  numbers: fc.tuple(fc.nat(29), ...Array.from({ length: FILES - 1 }, () => fc.option(fc.nat(29), { freq: 4 }))),
  added: fc.nat(2),
});

interface Planned {
  readonly fingerprint: string;
  readonly steps: readonly {
    readonly step: string;
    readonly key: string | null;
    readonly action: 'hit' | 'run' | 'wait';
    readonly cues: readonly unknown[];
    readonly shards: { readonly total: number; readonly hit: number };
  }[];
}

const FILES_STEP = `params: ({ pubmed }) => ({ files: pubmed.files }),
  output: { name: ['text', 'file'], sha256: ['text', 'content'] },
  async run({ params, write }) { write(params.files.map(({ name, sha256 }) => ({ name, sha256 }))); }`;
const TENS = `output: { name: ['text', 'file'], value: ['integer', 'number'] },
  shards: ({ files }) => files.eachRow('name'),
  async run({ shard, services, write }) {
    const text = await require('node:fs/promises').readFile(await services.file(shard.value.sha256), 'utf8');
    write([{ name: shard.value.name, value: Math.floor(Number(text) / 10) }]);
  }`;
const totalOf = (added: number): string =>
  `output: { value: ['bigint', 'sum'] }, sql: ({ tens }) => sql\`select (coalesce(sum(value), 0) + \${${added}}::int)::bigint as value from \${tens} as t\``;
const LAST = `output: { value: ['bigint', 'sum'] }, sql: ({ total }) => sql\`select value * 2 as value from \${total} as t\``;

const home = new TestHome();
const steps = new OwnSteps(home.top);
const input = path.join(home.top, 'in');
const study = home.study(
  'rounds',
  `extends: ai-life-science\nconferences: { on: false }\nrank: { whenMissing: without, core: [] }\npubmed: { routes: [files], files: ['${path.join(input, '*.txt')}'] }\n`,
);
const env = { ATLAS_STEPS: steps.folder };

beforeAll(async () => {
  steps.put('source/files', [], FILES_STEP);
  steps.put('sample/tens', ['source/files'], TENS);
  steps.put('atlas/last', ['atlas/total'], LAST);
  await home.hold();
});
afterAll(() => home.end());

function apply({ numbers, added }: Edition): void {
  mkdirSync(input, { recursive: true });
  for (const [at, number] of numbers.entries()) {
    const file = path.join(input, `f${at}.txt`);
    if (number === null) rmSync(file, { force: true });
    else writeFileSync(file, String(number));
  }
  steps.put('atlas/total', ['sample/tens'], totalOf(added));
  steps.print();
}

const tensOf = ({ numbers, added }: Edition): number =>
  numbers.reduce<number>((sum, number) => sum + (number === null ? 0 : Math.floor(number / 10)), added);

async function ask<T>(...args: readonly string[]): Promise<T> {
  const answer = await home.run([...args, '--study', study, '--json'], { env });
  if (answer.code !== 0) throw new Error(`Expected ${args.join(' ')} to end with 0, got ${answer.code}: ${answer.stderr}`);
  return json<T>(answer);
}

/** What the plan promised of each step, held against what became of it. */
function compare(plan: Planned, run: Rebuilt): void {
  for (const planned of plan.steps) {
    const ran = run.steps.find(({ step }) => step === planned.step)!;
    if (planned.action === 'wait') continue;
    expect({ step: ran.step, key: ran.key, action: ran.action, shards: ran.shards.total, done: ran.shards.hit }).toEqual({
      step: planned.step,
      key: planned.key,
      action: planned.action === 'hit' ? 'hit' : 'ran',
      shards: planned.shards.total,
      done: planned.shards.hit,
    });
    if (planned.action === 'run') expect(ran.cues).toEqual(planned.cues);
  }
}

test('what the plan says is what the run does, on the real engines, after random edits', async () => {
  const editions = fc.sample(edition, { numRuns: ROUNDS, seed: Number(process.env['ATLAS_SEED'] ?? Date.now() % 2 ** 31) });
  for (const each of editions) {
    apply(each);
    const plan = await ask<Planned>('plan');
    const run = await ask<Rebuilt>('rebuild', '--accept', plan.fingerprint);
    try {
      compare(plan, run);
      const [row] = await ask<{ value: number }[]>('export', '--table', 'atlas.last', '--format', 'json');
      expect(row!.value).toBe(2 * tensOf(each));
    } catch (error) {
      throw new Error(`In the edition ${JSON.stringify(each)} of ${JSON.stringify(editions)}: ${String(error)}`);
    }
  }
  const again = await ask<Rebuilt>('rebuild');
  expect(stepsThat('hit', again)).toHaveLength(4);
});

test('a change that leaves a row equal stops there; one file is one shard; undoing it is none', async () => {
  // Beyond the numbers of the random edits: a file that one of them had is done already.
  const numbers = [110, 120, 0, 0, 0, 0];
  const ranIn = async (edit: Edition): Promise<Record<string, number>> => {
    apply(edit);
    const { steps: all } = await ask<Rebuilt>('rebuild');
    return Object.fromEntries(all.filter(({ action }) => action === 'ran').map(({ step, shards }) => [step, shards.ran]));
  };
  await ranIn({ numbers, added: 7 });
  expect(await ranIn({ numbers: [110, 121, 0, 0, 0, 0], added: 7 })).toEqual({ 'source/files': 1, 'sample/tens': 1 });
  expect(await ranIn({ numbers: [110, 155, 0, 0, 0, 0], added: 7 })).toEqual({
    'source/files': 1,
    'sample/tens': 1,
    'atlas/total': 1,
    'atlas/last': 1,
  });
  expect(await ranIn({ numbers, added: 7 })).toEqual({});
});
