import fc from 'fast-check';
import { cutBatches, taskOfRow, taskOfValue, type BatchItem, type ShardTask } from '../../dag/shards';
import { all } from '../all';

const MAX = 8;
const sets = fc.uniqueArray(fc.integer({ min: 1, max: 100_000 }), { minLength: 1, maxLength: 150 });
const itemsOf = (values: readonly number[]): BatchItem[] => [...values].sort((a, b) => a - b).map((value) => ({ value, rows: [] }));
const cut = (values: readonly number[], max = MAX): Promise<ShardTask[]> => all(cutBatches({ input: 'links', max }, itemsOf(values)));
const range = ({ value }: ShardTask) => value as { from: number; to: number };
const newIn = (after: readonly ShardTask[], before: readonly ShardTask[]): ShardTask[] => {
  const known = new Set(before.map(({ digest }) => digest));
  return after.filter(({ digest }) => !known.has(digest));
};

test('batches are not empty, hold at most so many, and together are the input, in order', () => {
  return fc.assert(
    fc.asyncProperty(sets, fc.integer({ min: 1, max: 20 }), async (values, max) => {
      const sorted = [...values].sort((a, b) => a - b);
      const held = (await cut(values, max)).map((task) => sorted.filter((value) => value >= range(task).from && value <= range(task).to));
      expect(held.flat()).toEqual(sorted);
      for (const batch of held) {
        expect(batch.length).toBeGreaterThan(0);
        expect(batch.length).toBeLessThanOrEqual(max);
      }
    }),
  );
});

test('one value more makes at most two new batches', () => {
  return fc.assert(
    fc.asyncProperty(sets, fc.integer({ min: 1, max: 100_000 }), fc.integer({ min: 2, max: 12 }), async (values, more, max) => {
      fc.pre(!values.includes(more));
      expect(newIn(await cut([...values, more], max), await cut(values, max)).length).toBeLessThanOrEqual(2);
    }),
    { numRuns: 1000 },
  );
});

test('one value less gives up at most two batches; what it makes anew lies where they were or joins them', () => {
  return fc.assert(
    fc.asyncProperty(sets, fc.nat(), async (values, at) => {
      const gone = values[at % values.length]!;
      const rest = values.filter((value) => value !== gone);
      const [before, after] = [await cut(values), await cut(rest)];
      const given = newIn(before, after).map(range);
      expect(given.length).toBeLessThanOrEqual(2);
      const [from, to] = [Math.min(...given.map((batch) => batch.from)), Math.max(...given.map((batch) => batch.to))];
      for (const made of newIn(after, before).map(range)) {
        expect(made.from).toBeGreaterThanOrEqual(from);
        expect(made.to).toBeLessThanOrEqual(to);
      }
    }),
    { numRuns: 1000 },
  );
});

test('rows behind a value change its batch alone', async () => {
  const values = Array.from({ length: 100 }, (_, index) => index * 7);
  const before = itemsOf(values);
  const after = before.map((item) => (item.value === 70 ? { ...item, rows: [['other doi']] } : item));
  const source = { input: 'links', max: MAX };
  const made = newIn(await all(cutBatches(source, after)), await all(cutBatches(source, before)));
  expect(made).toHaveLength(1);
  expect(range(made[0]!).from).toBeLessThanOrEqual(70);
  expect(range(made[0]!).to).toBeGreaterThanOrEqual(70);
});

test('texts are cut in the order they come in', async () => {
  const names = Array.from({ length: 40 }, (_, index) => `10.1000/${String(index).padStart(3, '0')}`);
  const items = names.map((value) => ({ value, rows: [] }));
  const tasks = await all(cutBatches({ input: 'links', max: 5 }, items));
  expect(tasks[0]!.value).toMatchObject({ from: names[0] });
  expect(tasks.at(-1)!.value).toMatchObject({ to: names.at(-1) });
});

test('a shard of a row is told by all of the row, one of a value by the value', () => {
  const source = { input: 'files', name: 'name' };
  const task = taskOfRow(source, { name: 'pubmed26n0001', md5: 'aa' });
  expect(task).toMatchObject({ name: 'pubmed26n0001', input: 'files', value: { name: 'pubmed26n0001', md5: 'aa' } });
  expect(taskOfRow(source, { md5: 'aa', name: 'pubmed26n0001' })).toEqual(task);
  expect(taskOfRow(source, { name: 'pubmed26n0001', md5: 'ab' }).digest).not.toBe(task.digest);
  expect(taskOfValue('2000').digest).not.toBe(taskOfValue('2001').digest);
});
