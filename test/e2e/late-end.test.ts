import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import type { Advance, EngineActivities } from '../../activities/engine/types';
import { openStack, type StackSession } from '../../stack/session';
import { TestHome } from '../atlas';

jest.setTimeout(120_000);
Runtime.install({ logger: new DefaultLogger('ERROR') });

const root = path.resolve(__dirname, '..', '..');
const TASK_QUEUE = 'light.test.test';
const home = new TestHome();
let stack: StackSession;
let client: Client;

beforeAll(async () => {
  stack = await openStack(home.dir, ['temporal']);
  const { address, namespace } = stack.temporal!;
  client = new Client({ connection: await Connection.connect({ address }), namespace });
});
afterAll(async () => {
  await client.connection.close();
  await stack.close();
  await home.end();
});

/** A rebuild of `a` and `b`, which `c` reads; `b` ends while the plan after `a` is being made. */
class Scene {
  readonly finished: string[] = [];
  readonly sealed: string[] = [];
  #plans = 0;
  #letGo = (): void => undefined;
  readonly #released = new Promise<void>((resolve) => (this.#letGo = resolve));

  get activities() {
    const group = (): Promise<unknown> => Promise.resolve({ shards: 1, rows: 1, left: false });
    const slow = (): Promise<unknown> => this.#released.then(group);
    return { ...this.#engine, 'sample/a': group, 'sample/b': slow, 'sample/c': group };
  }

  readonly #engine: Partial<EngineActivities> = {
    plan: () => this.#plan(),
    open: () => Promise.resolve({ result: 1, total: 1, open: 1, groups: [{ from: 0, to: 0, label: 'all' }], more: false }),
    seal: (_run, step) => {
      this.sealed.push(step);
      return Promise.resolve({ digest: 'd', rows: 1, warning: null });
    },
    publish: () => Promise.resolve({ site: null }),
    finish: (_run, status) => {
      this.finished.push(status);
      return Promise.resolve();
    },
  };

  async #plan(): Promise<Advance> {
    const before = [...this.sealed];
    if (++this.#plans === 2) {
      this.#letGo();
      await closed('rebuild:late/1/sample/b');
    }
    return stateAfter(before, this.#plans === 1);
  }
}

function stateAfter(sealed: readonly string[], first: boolean): Advance {
  const step = (name: string) => ({ step: name, queue: 'light', title: 'A step of a test.', cue: '' });
  const mayBeginC = ['sample/a', 'sample/b'].every((id) => sealed.includes(id)) && !sealed.includes('sample/c');
  const ready = first ? [step('sample/a'), step('sample/b')] : mayBeginC ? [step('sample/c')] : [];
  const waiting = mayBeginC || sealed.includes('sample/c') ? [] : ['sample/c'];
  return { run: 1, study: 'late', ready, hits: 0, waiting, skipped: [], failed: [], settled: false, usd: 0 };
}

/** Waits until a workflow has ended and its parent has been told. */
async function closed(workflowId: string): Promise<void> {
  for (;;) {
    const { status } = await client.workflow.getHandle(workflowId).describe();
    if (status.name === 'COMPLETED') return sleep(500);
    await sleep(50);
  }
}

test('a step that ends while a plan is being made is planned for: what reads it begins', async () => {
  const scene = new Scene();
  const { address, namespace } = stack.temporal!;
  const worker = await Worker.create({
    connection: await NativeConnection.connect({ address }),
    namespace,
    taskQueue: TASK_QUEUE,
    workflowBundle: { codePath: path.join(root, 'dist', 'workflows', 'bundle.js') },
    activities: scene.activities,
  });
  const outcome = await worker.runUntil(
    client.workflow.execute('rebuild', { workflowId: 'rebuild:late', taskQueue: TASK_QUEUE, args: [{ run: 1 }] }),
  );
  expect(outcome).toMatchObject({ ran: ['sample/a', 'sample/b', 'sample/c'] });
  expect(scene.finished).toEqual(['done']);
});
