import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils';
import { DefaultLogger, makeTelemetryFilterString, Runtime, Worker } from '@temporalio/worker';
import { pool } from '../../workflows/pool';

jest.setTimeout(120_000);

// The refusal that is wanted would be logged as a fault.
Runtime.install({
  logger: new DefaultLogger('ERROR'),
  telemetryOptions: { logging: { filter: makeTelemetryFilterString({ core: 'ERROR', other: 'ERROR' }), forward: {} } },
});

const root = path.resolve(__dirname, '..', '..');
const workflowBundle = { codePath: path.join(root, 'dist', 'workflows', 'bundle.js') };

interface SavedEvent {
  readonly activityTaskScheduledEventAttributes?: { readonly activityType: { name: string } };
}

interface SavedHistory {
  readonly events: SavedEvent[];
}

const saved = (name: string): SavedHistory =>
  JSON.parse(readFileSync(path.join(root, 'test', 'histories', `${name}.json`), 'utf8')) as SavedHistory;

describe('a saved history', () => {
  it.each([
    ['rebuild', 'rebuild:saved'],
    ['run-step', 'rebuild:saved/2/sample/pubmed-matches'],
  ])('of %s is replayed by the workflows of today', async (name, workflowId) => {
    const { events } = saved(name);
    expect(events.length).toBeGreaterThan(10);
    await Worker.runReplayHistory({ workflowBundle }, historyFromJSON(saved(name)), workflowId);
  });

  it('of another course is refused, so that the replays above mean something', async () => {
    const history = saved('run-step');
    const other = history.events.findIndex((event) => event.activityTaskScheduledEventAttributes !== undefined);
    history.events[other]!.activityTaskScheduledEventAttributes!.activityType.name = 'another';
    await expect(Worker.runReplayHistory({ workflowBundle }, historyFromJSON(history), 'other')).rejects.toThrow(/[Nn]ondeterminism/);
  });
});

describe('pool', () => {
  it('runs every item once, in order of start, and never more than its width at a time', async () => {
    const items = Array.from({ length: 23 }, (_, index) => index);
    const begun: number[] = [];
    let running = 0;
    let most = 0;
    await pool(items, 4, async (item) => {
      begun.push(item);
      most = Math.max(most, ++running);
      for (let turns = 0; turns <= item % 5; turns++) await turn();
      running--;
    });
    expect(begun).toEqual(items);
    expect(most).toBe(4);
    expect(running).toBe(0);
  });

  it('keeps its width full while there is work: a slow item holds up nobody', async () => {
    let release = (): void => undefined;
    const slow = new Promise<void>((resolve) => (release = resolve));
    const done: number[] = [];
    await pool([0, 1, 2, 3, 4], 2, async (item) => {
      if (item === 0) await slow;
      done.push(item);
      if (item === 4) release();
    });
    expect(done).toEqual([1, 2, 3, 4, 0]);
  });

  it('begins nothing after an error, waits for what is in flight, and throws the first error', async () => {
    const begun: number[] = [];
    const ended: number[] = [];
    const running = pool([0, 1, 2, 3, 4, 5], 2, async (item) => {
      begun.push(item);
      await turn();
      if (item === 1) throw new Error('first');
      for (let turns = 0; turns < 5; turns++) await turn();
      ended.push(item);
      if (item === 0) throw new Error('second');
    });
    await expect(running).rejects.toThrow('first');
    expect(begun).toEqual([0, 1]);
    expect(ended).toEqual([0]);
  });

  it('has nothing to do without items', async () => {
    let calls = 0;
    await pool([], 3, async () => {
      calls++;
    });
    expect(calls).toBe(0);
  });
});
