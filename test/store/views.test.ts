import type { Database } from '../../store/database';
import { sealResult } from '../../store/results';
import { publishViews, schemaPrefix } from '../../store/views';
import { TestPostgres } from '../postgres';
import { closedRun, COLUMNS, exampleStep, fill, open, planned } from './example';

let postgres: TestPostgres;
let database: Database;
beforeAll(async () => (postgres = await TestPostgres.start()));
beforeEach(async () => (database = await postgres.database()));
afterAll(() => postgres.close());

const step = exampleStep({ id: 'sample/lead-country' });

/** A run whose one result holds one row with this title, published under a prefix. */
async function publish(title: string, { study = 'paper', of = step } = {}): Promise<number> {
  const run = await closedRun(database, { study });
  const opened = await open(database, run, of, planned(of, [title]));
  await fill(database, of, opened, () => [{ pmid: 1, title, year: 2000 }]);
  await sealResult(database, of, opened.result);
  await publishViews(database, run.id, await schemaPrefix(database, study), [{ step: of, result: opened.result }]);
  return run.id;
}
const read = async (view: string): Promise<unknown[]> => (await database.pool.query<Record<string, unknown>>(`select * from ${view}`)).rows;

test('the plain view shows the run published last, each run has its own', async () => {
  const [first, second] = [await publish('old'), await publish('new')];
  expect(await read('sample.lead_country')).toEqual([{ pmid: 1, title: 'new' }]);
  expect(await read(`run_${first}.sample_lead_country`)).toEqual([{ pmid: 1, title: 'old' }]);
  expect(await read(`run_${second}.sample_lead_country`)).toEqual([{ pmid: 1, title: 'new' }]);
});

test('view and columns say what they hold', async () => {
  await publish('a');
  const { rows } = await database.pool.query(
    "select obj_description('sample.lead_country'::regclass) as view, col_description('sample.lead_country'::regclass, 2) as title",
  );
  expect(rows).toEqual([{ view: "A step's rows. [step sample/lead-country]", title: "the article's title" }]);
});

test('a step with other columns takes its view over', async () => {
  await publish('a');
  const wider = exampleStep({ id: step.id, output: { year: ['smallint', 'year'], ...COLUMNS } });
  await publish('b', { of: wider });
  expect(await read('sample.lead_country')).toEqual([{ year: 2000, pmid: 1, title: 'b' }]);
});

test('the view of a step that is no more goes; a view of somebody else stays', async () => {
  const run = await publish('a');
  await database.pool.query(`create view sample.mine as select 1 as one; comment on view sample.mine is 'by hand [draft]'`);
  await publish('b', { of: exampleStep({ id: 'sample/other' }) });
  const { rows } = await database.pool.query(
    "select relname from pg_class join pg_namespace n on n.oid = relnamespace where nspname = 'sample' order by 1",
  );
  expect(rows).toEqual([{ relname: 'mine' }, { relname: 'other' }]);
  expect(await read(`run_${run}.sample_lead_country`)).toHaveLength(1);
});

test('publishing again does no harm', async () => {
  const run = await publish('a');
  const { rows } = await database.pool.query<{ id: number }>('select max(id) as id from store.result');
  await publishViews(database, run, '', [{ step, result: rows[0]!.id }]);
  expect(await read('sample.lead_country')).toEqual([{ pmid: 1, title: 'a' }]);
});

test('a second study of a database has schemas of its own', async () => {
  await publish('first');
  await publish('second', { study: 'cell-biology' });
  expect(await read('sample.lead_country')).toEqual([{ pmid: 1, title: 'first' }]);
  expect(await read('cell_biology__sample.lead_country')).toEqual([{ pmid: 1, title: 'second' }]);
  await publish('third');
  expect(await read('sample.lead_country')).toEqual([{ pmid: 1, title: 'third' }]);
});

test('all views move or none does', async () => {
  await publish('old');
  const run = await closedRun(database);
  const opened = await open(database, run, step, planned(step, ['new']));
  const missing = exampleStep({ id: 'sample/topic', output: { gone: ['text', 'no such column'] } });
  const both = [step, missing].map((of) => ({ step: of, result: opened.result }));
  await expect(publishViews(database, run.id, '', both)).rejects.toThrow('gone');
  expect(await read('sample.lead_country')).toEqual([{ pmid: 1, title: 'old' }]);
  expect((await database.pool.query(`select to_regnamespace('run_${run.id}') as schema`)).rows).toEqual([{ schema: null }]);
});
