import { defineStep } from '../../dag/define';
import { each } from '../../dag/shards';
import { raw } from '../../dag/sql';
import type { AnyStep } from '../../dag/step';

interface Study {
  readonly years: readonly number[];
}
const step = defineStep<Study, null>();
const base = { id: 'sample/a', doc: 'A step.', output: { n: ['integer', 'a number'] } } as const;
const run = (): Promise<void> => Promise.resolve();
const sql = () => raw('select 1 as n');

test.each(['a', 'sample/A', 'sample/a_b', 'samples/a', 'sample/a/b', 'sample/a-', 'sample/', '../sample/a'])(
  'the id %s is refused',
  (id) => {
    expect(() => step({ ...base, id, run })).toThrow(`got "${id}"`);
  },
);

test('exactly one of run and sql is asked for', () => {
  expect(() => step(base)).toThrow('Expected sample/a to have either run or sql, got neither.');
  expect(() => step({ ...base, run, sql })).toThrow('Expected sample/a to have either run or sql, got both.');
  expect(step({ ...base, run }).sql).toBeNull();
  expect(step({ ...base, sql }).run).toBeNull();
});

test('an input that a circular import left empty is refused by name', () => {
  const missing = undefined as unknown as AnyStep;
  expect(() => step({ ...base, inputs: { links: missing }, run })).toThrow('Expected input "links" of sample/a to be a step, got nothing.');
});

test('what is left out has a default', () => {
  expect(step({ ...base, run })).toMatchObject({ inputs: {}, queue: 'light', vintage: false, sharded: false, index: [], checks: [] });
  expect(step({ ...base, run }).params({ years: [2000] })).toBeNull();
});

test('parameters come from the study, shards from the parameters and the inputs', () => {
  const links = step({ ...base, id: 'source/links', run });
  const made = step({
    ...base,
    run,
    inputs: { links },
    params: ({ years }: Study) => years.map(String),
    shards: ({ links: cut }, years) => [cut.eachRow('n'), cut.eachBatch('n', 50, ['m']), each(years)],
  });
  const params = made.params({ years: [2000, 2001] });
  expect(params).toEqual(['2000', '2001']);
  expect(made.shards(params)).toEqual([
    { by: 'row', input: 'links', name: 'n' },
    { by: 'batch', input: 'links', column: 'n', with: ['m'], max: 50 },
    { by: 'value', names: ['2000', '2001'] },
  ]);
});
