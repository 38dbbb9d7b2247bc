import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { homeAt } from '../../stack/home';
import { poll } from '../../stack/poll';
import type { Death } from '../../stack/protocol';
import { openStack, peekStack, stopStack, type EngineNeed, type ProcessInfo, type StackSession } from '../../stack/session';
import { dataDirOf, guardOf, isAlive, newHome, removeHomes } from './homes';

afterEach(removeHomes);

const pidOf = (running: ProcessInfo[], role: string): number => running.find((one) => one.role === role)?.pid ?? 0;

function nextDeath(session: StackSession): Promise<Death> {
  return new Promise((resolve) => {
    session.onDeath(resolve);
  });
}

async function allGone(pids: number[]): Promise<boolean | null> {
  return poll(() => (pids.some(isAlive) ? null : true), 15_000);
}

/** Keeper and guard at once: the guard is stopped first, so that it cannot act in between. */
function killTogether(keeper: number): void {
  const guard = guardOf(keeper);
  if (guard === null) throw new Error(`Expected a guard of keeper ${keeper}, got none.`);
  process.kill(guard, 'SIGSTOP');
  process.kill(keeper, 'SIGKILL');
  process.kill(guard, 'SIGKILL');
}

async function works(home: string, needs: EngineNeed[]): Promise<void> {
  const session = await openStack(home, needs);
  const client = new Client({ connectionString: await session.database('study') });
  await client.connect();
  await client.query('create table if not exists alive (n int)');
  await client.end();
  await session.close();
}

test.each(['postgres', 'temporal', 'keeper'] as const)(
  'kill -9 of %s is told, leaves no orphan, and the next command goes on',
  async (role) => {
    const home = newHome();
    const session = await openStack(home, ['postgres', 'temporal']);
    const running = await session.processes();
    const death = nextDeath(session);
    process.kill(pidOf(running, role), 'SIGKILL');
    expect(await death).toMatchObject({ role });
    await works(home, ['postgres', 'temporal']);
    expect(await allGone(running.map(({ pid }) => pid))).toBe(true);
    await session.close();
  },
);

test('a program that waits for an engine that dies is ended, and the engine is named', async () => {
  const home = newHome();
  const session = await openStack(home, ['postgres']);
  const entry = path.join(__dirname, 'fixtures', 'program.js');
  const starting = session.start({ role: 'worker', name: 'worker', entry, args: ['never'], env: {} });
  process.kill(pidOf(await session.processes(), 'postgres'), 'SIGKILL');
  await expect(starting).rejects.toThrow(/Expected postgres to stay up, got its end: ended by SIGKILL[^]*Start the same command again/);
  await session.close();
});

test('a backend in mid-query does not hold up the start after its postmaster was killed', async () => {
  const home = newHome();
  const session = await openStack(home, ['postgres']);
  const client = new Client({ connectionString: await session.database('study') });
  client.on('error', () => undefined);
  await client.connect();
  const query = client.query('select count(*) from generate_series(1, 4000000000)').catch(() => 'lost');
  const running = await session.processes();
  const death = nextDeath(session);
  process.kill(pidOf(running, 'postgres'), 'SIGKILL');
  await death;
  await works(home, ['postgres']);
  expect(await query).toBe('lost');
  await session.close();
});

test('keeper and guard killed together: the next command ends what they left', async () => {
  const home = newHome();
  const session = await openStack(home, ['postgres']);
  await session.start({ role: 'worker', name: 'w', entry: path.join(__dirname, 'fixtures', 'program.js'), args: [], env: {} });
  const running = await session.processes();
  killTogether(pidOf(running, 'keeper'));
  expect(isAlive(pidOf(running, 'postgres'))).toBe(true);
  await works(home, ['postgres']);
  expect(await allGone(running.map(({ pid }) => pid))).toBe(true);
  await session.close();
});

test('after the same, `stopStack` alone leaves nothing', async () => {
  const home = newHome();
  const session = await openStack(home, ['postgres']);
  const running = await session.processes();
  killTogether(pidOf(running, 'keeper'));
  expect(await stopStack(home)).toBe(true);
  expect(await allGone(running.map(({ pid }) => pid))).toBe(true);
  await session.close();
});

test('a killed guard is replaced, and the new one guards', async () => {
  const home = newHome();
  const session = await openStack(home, ['postgres']);
  const running = await session.processes();
  const keeper = pidOf(running, 'keeper');
  const first = guardOf(keeper);
  process.kill(first ?? 0, 'SIGKILL');
  const second = await poll(() => {
    const guard = guardOf(keeper);
    return guard === null || guard === first ? null : guard;
  }, 10_000);
  expect(second).not.toBeNull();
  process.kill(keeper, 'SIGKILL');
  expect(await allGone(running.map(({ pid }) => pid))).toBe(true);
  await session.close();
});

test('a command that is killed lets go of the engines', async () => {
  const home = newHome();
  const command = spawn(process.execPath, [path.join(__dirname, 'fixtures', 'command.js'), home], { stdio: ['pipe', 'pipe', 'inherit'] });
  await once(command.stdout, 'data');
  const running = await peekStack(home);
  expect(running.length).toBe(2);
  command.kill('SIGKILL');
  expect(await allGone(running.map(({ pid }) => pid))).toBe(true);
});

test.each([250, 700])('a command killed %i ms into the first start does not block the next', async (delay) => {
  const home = newHome();
  const command = spawn(process.execPath, [path.join(__dirname, 'fixtures', 'command.js'), home], { stdio: ['pipe', 'ignore', 'inherit'] });
  await sleep(delay);
  command.kill('SIGKILL');
  await works(home, ['postgres']);
  expect(await peekStack(home)).toEqual([]);
});

test('a keeper told to end stops its database cleanly', async () => {
  const home = newHome();
  const session = await openStack(home, ['postgres']);
  const death = nextDeath(session);
  process.kill(pidOf(await session.processes(), 'keeper'), 'SIGTERM');
  expect(await death).toMatchObject({ role: 'keeper' });
  expect(readFileSync(path.join(home, 'logs', 'postgres.log'), 'utf8')).toContain('database system is shut down');
  expect(existsSync(path.join(dataDirOf(home), 'postmaster.pid'))).toBe(false);
  await session.close();
});

test('a socket file nobody listens on and a postmaster.pid of a living stranger do not block', async () => {
  const home = newHome();
  await works(home, ['postgres']);
  const data = dataDirOf(home);
  mkdirSync(homeAt(home).socketDir, { mode: 0o700 });
  writeFileSync(path.join(homeAt(home).socketDir, 'keeper.7.sock'), '');
  writeFileSync(path.join(data, 'postmaster.pid'), `${process.pid}\n${data}\n1700000000\n5432\n\n127.0.0.1\n`);
  await works(home, ['postgres']);
  expect(isAlive(process.pid)).toBe(true);
});

test('a home whose path is too long for a socket works', async () => {
  const home = newHome(path.join('a'.repeat(60), 'b'.repeat(60)));
  await works(home, ['postgres']);
  expect(existsSync(homeAt(home).socketDir)).toBe(false);
});
