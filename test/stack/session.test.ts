import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Client } from 'pg';
import { openStack, peekStack, stopStack, StackError } from '../../stack/session';
import { runCommand } from './command';
import { dataDirOf, guardOf, isAlive, newHome, removeHomes } from './homes';

afterEach(removeHomes);

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<Record<string, unknown>>(text);
    return rows;
  } finally {
    await client.end();
  }
}

test('both engines answer, and nothing is left after the last session closed', async () => {
  const home = newHome();
  const session = await openStack(home, ['postgres', 'temporal'], { searchAttributes: { Stage: 'Keyword', Blocked: 'Bool' } });
  const running = await session.processes();
  expect(running.map(({ role }) => role)).toEqual(['keeper', 'postgres', 'temporal']);
  expect(await peekStack(home)).toEqual(running);

  const ui = await fetch(session.temporal?.uiUrl ?? '');
  expect(ui.status).toBeLessThan(400);
  const [settings] = await query(
    await session.database('study'),
    `select datcollate, pg_encoding_to_char(encoding) as encoding, current_setting('listen_addresses') as listens,
            current_setting('fsync') as fsync, version() ~ '^PostgreSQL 18' as is18
       from pg_database where datname = current_database()`,
  );
  expect(settings).toEqual({ datcollate: 'C', encoding: 'UTF8', listens: '127.0.0.1', fsync: 'on', is18: true });

  const keeper = running[0]?.pid ?? 0;
  expect(guardOf(keeper)).not.toBeNull();
  await session.close();
  expect(running.filter(({ pid }) => isAlive(pid))).toEqual([]);
  expect(guardOf(keeper)).toBeNull();
  expect(await peekStack(home)).toEqual([]);
});

test('search attributes are registered with a namespace that exists already, and another type is refused', async () => {
  const home = newHome();
  const open = (searchAttributes: Record<string, 'Keyword' | 'Int'>) => openStack(home, ['temporal'], { searchAttributes });
  await (await open({ Stage: 'Keyword' })).close();
  await (await open({ Stage: 'Keyword', Later: 'Int' })).close();
  await expect(open({ Later: 'Keyword' })).rejects.toMatchObject({ exitCode: 2, message: expect.stringContaining('got Int') as string });
});

test('two commands at once share one keeper; the first to end stops nothing, the last one everything', async () => {
  const home = newHome();
  const [first, second] = await Promise.all([runCommand(home), runCommand(home)]);
  expect(first.said).toEqual(second.said);
  expect(await first.end()).toBe(0);
  expect(await query(second.said.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  expect(await second.end()).toBe(0);
  expect(first.said.processes.filter(({ pid }) => isAlive(pid))).toEqual([]);
});

test('data and password are kept over a restart', async () => {
  const home = newHome();
  const first = await openStack(home, ['postgres']);
  await query(await first.database('study'), 'create table kept as select 42 as answer');
  await first.close();
  const second = await openStack(home, ['postgres']);
  expect(await query(await second.database('study'), 'select * from kept')).toEqual([{ answer: 42 }]);
  await second.close();
});

test('what was asked to stay runs on until it is stopped', async () => {
  const home = newHome();
  const session = await openStack(home, ['postgres']);
  await session.stay();
  await session.close();
  const running = await peekStack(home);
  expect(running.map(({ role }) => role)).toEqual(['keeper', 'postgres']);
  expect(await stopStack(home)).toBe(true);
  expect(running.filter(({ pid }) => isAlive(pid))).toEqual([]);
  expect(await stopStack(home)).toBe(false);
});

test('a command that comes while the engines stop waits and gets fresh ones', async () => {
  const home = newHome();
  const first = await openStack(home, ['postgres']);
  const closing = first.close();
  const second = await openStack(home, ['postgres']);
  await closing;
  expect(await query(await second.database('study'), 'select 1 as one')).toEqual([{ one: 1 }]);
  await second.close();
});

test('names that need quoting are databases like others', async () => {
  const session = await openStack(newHome(), ['postgres']);
  const urls = await Promise.all(['a"b', 'study-x', 'study-x'].map((name) => session.database(name)));
  const names = await Promise.all(urls.map((url) => query(url, 'select current_database() as name')));
  expect(names.flat()).toEqual([{ name: 'a"b' }, { name: 'study-x' }, { name: 'study-x' }]);
  await session.close();
});

test('looking creates nothing', async () => {
  const home = path.join(newHome(), 'not-there');
  expect(await peekStack(home)).toEqual([]);
  expect(existsSync(home)).toBe(false);
});

test('a data folder that is not ours is refused with exit code 2, and left alone', async () => {
  const home = newHome();
  await (await openStack(home, ['postgres'])).close();
  writeFileSync(path.join(dataDirOf(home), 'PG_VERSION'), '17\n');
  const refused = await openStack(home, ['postgres']).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(StackError);
  expect(refused).toMatchObject({ exitCode: 2, message: expect.stringContaining('Expected data of Postgres 18, got 17') as string });
});

test('a home that cannot be made is refused with exit code 2', async () => {
  const file = path.join(newHome(), 'a-file');
  writeFileSync(file, '');
  await expect(openStack(file, ['postgres'])).rejects.toMatchObject({ exitCode: 2 });
});
