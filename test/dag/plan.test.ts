import fc from 'fast-check';
import { cueLine } from '../../dag/cues';
import { originsOf } from '../../dag/origins';
import { fingerprint } from '../../dag/plan';
import { graphOf, idOf, MemoryWorld, type Asked, type Edition, type NodeSpec } from './memory-world';

const SIZE = 6;

const graphs: fc.Arbitrary<NodeSpec[]> = fc.tuple(
  ...Array.from({ length: SIZE }, (_, index) =>
    fc.record({ inputs: fc.subarray([...Array(index).keys()], { maxLength: Math.min(index, 3) }), sharded: fc.boolean() }),
  ),
);
const rows = fc.uniqueArray(fc.integer({ min: 0, max: 30 }), { maxLength: 6 });
const settings = fc.record({ code: fc.nat(5), factor: fc.integer({ min: 1, max: 4 }), rows });
const editions: fc.Arbitrary<Edition> = fc.record({
  vintage: fc.constantFrom('2023-01', '2024-07'),
  steps: fc.array(settings, { minLength: SIZE, maxLength: SIZE }),
});
const ids = fc.subarray([...Array(SIZE).keys()].map(idOf), { maxLength: 2 });
const asked: fc.Arbitrary<Asked> = fc.record({ force: ids, fail: ids });
/** One step edited, everything else as before: most real edits. */
const edits = fc.array(fc.tuple(fc.nat(SIZE - 1), settings, asked), { maxLength: 4 });

function edit(edition: Edition, at: number, to: Edition['steps'][number]): Edition {
  return { ...edition, steps: edition.steps.map((step, index) => (index === at ? to : step)) };
}

test('over any edits and failures the plan says what the run does, and the rows are those of a run from nothing', async () => {
  await fc.assert(
    fc.asyncProperty(graphs, editions, edits, async (specs, first, later) => {
      const graph = graphOf(specs);
      const world = new MemoryWorld(graph);
      let edition = first;
      await world.run(edition);
      for (const [at, to, ask] of later) {
        edition = edit(edition, at, to);
        await planIsRun(world, edition, ask);
      }
      const { digests } = await world.run(edition);
      expect(digests).toEqual((await new MemoryWorld(graph).run(edition)).digests);
      expect((await world.run(edition)).work).toEqual([]);
    }),
    { numRuns: 150 },
  );
});

async function planIsRun(world: MemoryWorld, edition: Edition, ask: Asked): Promise<void> {
  const plan = await world.plan(edition, ask);
  const done = await world.run(edition, ask);
  const worked = new Map(done.work.map((item) => [item.step, item]));
  expect(worked.size).toBe(done.work.length);
  for (const { step, key, action, missing, cues } of plan) {
    if (action === 'run') expect(worked.get(step)).toEqual({ step, key, shards: missing });
    if (action === 'hit') expect(worked.has(step)).toBe(false);
    expect(cues.length > 0).toBe(action !== 'hit');
  }
}

test('equal fingerprints mean equal work, whatever was edited', async () => {
  await fc.assert(
    fc.asyncProperty(graphs, editions, fc.nat(SIZE - 1), settings, ids, async (specs, first, at, to, force) => {
      const graph = graphOf(specs);
      const [one, other] = [new MemoryWorld(graph), new MemoryWorld(graph)];
      await one.run(first);
      await other.run(first);
      const second = edit(first, at, { ...to, rows: first.steps[at]!.rows });
      const [quiet, loud] = [await one.plan(second), await other.plan(second, { force })];
      const [a, b] = [await one.run(second), await other.run(second, { force })];
      if (fingerprint(quiet, first.vintage) === fingerprint(loud, first.vintage)) expect(b.work).toEqual(a.work);
    }),
    { numRuns: 150 },
  );
});

const CHAIN: NodeSpec[] = [
  { inputs: [], sharded: false },
  { inputs: [0], sharded: true },
  { inputs: [1], sharded: false },
  { inputs: [2], sharded: false },
];
const plain = { code: 0, factor: 1, rows: [] };
const edition: Edition = { vintage: 'v', steps: [{ ...plain, rows: [2, 4, 6] }, { ...plain, factor: 2 }, plain, plain] };

async function ranOnce(): Promise<MemoryWorld> {
  const world = new MemoryWorld(graphOf(CHAIN));
  await world.run(edition);
  return world;
}
const stepsOf = (work: readonly { step: string }[]): string[] => work.map(({ step }) => step);
const printOf = async (world: MemoryWorld, of: Edition, ask?: Asked): Promise<string> => fingerprint(await world.plan(of, ask), of.vintage);

test('a step run again with equal rows stops the cascade', async () => {
  const world = await ranOnce();
  const same = edit(edition, 1, { ...plain, factor: 2, code: 1 });
  expect((await world.plan(same)).map(({ action }) => action)).toEqual(['hit', 'run', 'wait', 'wait']);
  expect(stepsOf((await world.run(same)).work)).toEqual([idOf(1)]);
});

test('a step that waits has its reasons from every step above with one of its own, and from no other', async () => {
  const world = new MemoryWorld(graphOf([...CHAIN, { inputs: [], sharded: false }]));
  const of = { ...edition, steps: [...edition.steps, plain] };
  await world.run(of);
  const edits = edit(edit(edit(of, 0, { ...plain, rows: [1] }), 2, { ...plain, code: 1 }), 4, { ...plain, rows: [3] });
  const plan = await world.plan(edits);
  const began = (id: string): string[] => originsOf(world.graph, plan, id).map(({ step }) => step);
  expect(began(idOf(3))).toEqual([idOf(0), idOf(2)]);
  expect(began(idOf(1))).toEqual([idOf(0)]);
  expect(began(idOf(4))).toEqual([]);
  expect(originsOf(world.graph, await world.plan(of), idOf(3))).toEqual([]);
});

test('one row more is one shard more', async () => {
  const world = await ranOnce();
  const { work } = await world.run(edit(edition, 0, { ...plain, rows: [2, 4, 6, 9] }));
  expect(work.map(({ step, shards }) => [step, shards.length])).toEqual([
    [idOf(0), 1],
    [idOf(1), 1],
    [idOf(2), 1],
    [idOf(3), 1],
  ]);
});

test('one row less is no shard at all', async () => {
  const world = await ranOnce();
  const { work } = await world.run(edit(edition, 0, { ...plain, rows: [2, 6] }));
  expect(work.find(({ step }) => step === idOf(1))!.shards).toEqual([]);
});

test('equal rows of an input are one shard', async () => {
  const world = new MemoryWorld(graphOf(CHAIN));
  const { work } = await world.run(edit(edition, 0, { ...plain, rows: [5, 5] }));
  expect(work[1]!.shards).toHaveLength(1);
});

test('a forced step does all its work again, and only that when its rows are the same', async () => {
  const world = await ranOnce();
  const { work } = await world.run(edition, { force: [idOf(1)] });
  expect(work.map(({ step, shards }) => [step, shards.length])).toEqual([[idOf(1), 3]]);
});

test('a failed step stops what depends on it and nothing else; the next run takes up what is missing', async () => {
  const world = new MemoryWorld(graphOf([...CHAIN, { inputs: [0], sharded: false }]));
  const of = { ...edition, steps: [...edition.steps, plain] };
  const first = await world.run(of, { fail: [idOf(1)] });
  expect(stepsOf(first.work)).toEqual([idOf(0), idOf(1), idOf(4)]);
  const second = await world.run(of);
  expect(second.work.map(({ step, shards }) => [step, shards.length])).toEqual([
    [idOf(1), 2],
    [idOf(2), 1],
    [idOf(3), 1],
  ]);
});

test('the cues of a plan name the edit where it was made and what is to be rebuilt below', async () => {
  const world = await ranOnce();
  const plan = await world.plan(edit(edition, 1, { ...plain, factor: 3, code: 4 }));
  expect(plan.map(({ cues }) => cues.map(cueLine).map((line) => line.replace(/ [0-9a-f]{12} (\(3 rows\) )?→/, ' … →')))).toEqual([
    [],
    ['code: sample/s1.ts 0 → sample/s1.ts 4', 'param:  2 →  3'],
    ['input: i1 … → i1 will be rebuilt'],
    ['input: i2 … → i2 will be rebuilt'],
  ]);
});

test('the fingerprint moves with the work: also with an edit of a step that still waits', async () => {
  const world = new MemoryWorld(graphOf(CHAIN));
  const before = await printOf(world, edition);
  expect(await printOf(world, edit(edition, 3, { ...plain, code: 9 }))).not.toBe(before);
  expect(await printOf(world, edit(edition, 3, { ...plain, factor: 9 }))).not.toBe(before);
  expect(await printOf(world, edition, { force: [idOf(3)] })).not.toBe(before);
  expect(await printOf(world, { ...edition, vintage: 'w' })).not.toBe(before);
  await world.run(edition, { fail: [idOf(1)] });
  expect(await printOf(world, edition)).not.toBe(before);
});

test('the fingerprint stands still while the work does, however often it is asked and whatever else was run', async () => {
  const world = await ranOnce();
  const before = await printOf(world, edition);
  await world.run(edit(edition, 3, { ...plain, factor: 7 }));
  expect(await printOf(world, edition)).toBe(before);
});
