import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Death } from '../../stack/protocol';
import { openStack, type ProcessSpec, type StackSession } from '../../stack/session';
import { isAlive, newHome, removeHomes } from './homes';

let home: string;
let session: StackSession;

// No engine is needed to run a program: an empty list of needs starts the keeper alone.
beforeEach(async () => {
  home = newHome();
  session = await openStack(home, []);
});

afterEach(async () => {
  await session.close();
  await removeHomes();
});

const entry = path.join(__dirname, 'fixtures', 'program.js');
const worker = (changes: Partial<ProcessSpec> = {}): ProcessSpec => ({
  role: 'worker',
  name: 'worker',
  entry,
  args: [],
  env: {},
  ...changes,
});

test('a program is ready when it says so; what it says is handed on', async () => {
  const started = await session.start(worker({ env: { GREETING: 'hello' } }));
  expect(started).toMatchObject({ role: 'worker', name: 'worker', address: '127.0.0.1:1', ready: { mode: 'serve', greeting: 'hello' } });
  const [, listed] = await session.processes();
  expect(listed).toEqual({ role: 'worker', name: 'worker', pid: started.pid, address: '127.0.0.1:1' });
  expect(readFileSync(path.join(home, 'logs', 'worker.log'), 'utf8')).toContain('getting ready');
});

test('the same spec is shared, another one replaces it', async () => {
  const deaths: Death[] = [];
  session.onDeath((death) => deaths.push(death));
  const [first, again] = await Promise.all([session.start(worker()), session.start(worker())]);
  expect(again).toEqual(first);
  const other = await session.start(worker({ args: ['other'] }));
  expect(other.pid).not.toBe(first.pid);
  expect(isAlive(first.pid)).toBe(false);
  expect(deaths).toEqual([]);
});

test('the death of a program is told to all sessions; the rest stays, and the next start starts it again', async () => {
  const second = await openStack(home, []);
  const simulator = await session.start(worker({ role: 'simulator', name: 'simulator' }));
  const first = await session.start(worker());
  const deaths = Promise.all([session, second].map((one) => new Promise<Death>((resolve) => one.onDeath(resolve))));
  process.kill(first.pid, 'SIGKILL');
  const detail = expect.stringContaining('ended by SIGKILL') as string;
  expect(await deaths).toEqual([
    { role: 'worker', name: 'worker', detail },
    { role: 'worker', name: 'worker', detail },
  ]);
  const again = await second.start(worker());
  expect(again.pid).not.toBe(first.pid);
  expect((await second.processes()).map(({ pid }) => pid)).toEqual([expect.any(Number), simulator.pid, again.pid]);
  await second.close();
});

test('a death before anybody listened is told to the first listener', async () => {
  const { pid } = await session.start(worker());
  process.kill(pid, 'SIGKILL');
  // The worker is started again only after its death was handled, so by then the death has been sent.
  await session.start(worker());
  expect(
    await new Promise((resolve) => {
      session.onDeath(resolve);
    }),
  ).toMatchObject({ name: 'worker' });
});

test('a program that ends before it is ready is an error with its last words', async () => {
  await expect(session.start(worker({ args: ['fail'] }))).rejects.toThrow(/ended with exit code 7[^]*no luck today/);
  expect((await session.start(worker())).ready).toMatchObject({ mode: 'serve' });
});

test('programs end with the last session', async () => {
  const { pid } = await session.start(worker());
  await session.close();
  expect(isAlive(pid)).toBe(false);
});
