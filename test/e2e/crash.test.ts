import { setTimeout as sleep } from 'node:timers/promises';
import { digestsOf, everythingSaid, json, startAtlas, stepsThat, type Answer, type Rebuilt, type Running } from '../atlas';
import type { Database } from '../../store/database';
import { ownFiles, type OwnFiles } from './tiny-study';

jest.setTimeout(900_000);

const LONG = process.env['ATLAS_LONG_TESTS'] === '1';

let own: OwnFiles;
let undisturbed: Record<string, string | null>;

beforeAll(async () => {
  own = await ownFiles();
  undisturbed = digestsOf(await own.home.rebuild(own.study('undisturbed')));
});

test('without a blow our ledger and the books of the service are the same', async () => {
  const { completed, unknown } = await own.home.withDatabase('undisturbed', ledgerOf);
  expect({ completed, unknown }).toEqual({ completed: own.simulator.ledger.openalex.requests, unknown: 0 });
});

afterAll(() => own.end());

const start = (study: string, ...more: readonly string[]): Running => own.home.start(['rebuild', '--study', study, '--json', ...more]);

interface DoneShard {
  readonly id: number;
  readonly attempts: number;
  readonly finished: string;
}

const DONE = `select id, attempts, finished::text from store.shard where state = 'done' order by id`;

/** Waits until so many more shards are done, and gives all that are. Null when the command ended before. */
async function midway(study: string, more: number, { answer }: Running): Promise<DoneShard[] | null> {
  let ended = false;
  void answer.finally(() => (ended = true));
  return own.home.withDatabase(study, async (database) => {
    const before = await doneShards(database);
    for (const end = Date.now() + 180_000; Date.now() < end; await sleep(20)) {
      const done = await doneShards(database);
      if (done.length >= before.length + more) return done;
      if (ended) return null;
    }
    throw new Error(`Expected ${more} more shards done within three minutes, got fewer.`);
  });
}

/** None before the first command has made the tables. */
async function doneShards({ pool }: Database): Promise<DoneShard[]> {
  return pool.query(DONE).then(
    ({ rows }) => rows as DoneShard[],
    () => [],
  );
}

/** `kill -9` for a process of the home. */
async function kill(role: string, name = role): Promise<void> {
  const processes = await own.home.processes();
  const found = processes.filter((process) => process.role === role && process.name.includes(name));
  if (found.length === 0) throw new Error(`Expected a process of role ${role}, got ${JSON.stringify(processes)}.`);
  for (const { pid } of found) process.kill(pid, 'SIGKILL');
}

type Blow = 'worker' | 'postgres' | 'temporal' | 'keeper' | 'interrupt';

async function strike(blow: Blow, { child }: Running): Promise<void> {
  if (blow === 'interrupt') child.kill('SIGINT');
  else await kill(blow, blow);
}

interface Struck {
  readonly blow: Blow;
  /** Shards done since the command began. */
  readonly after: number;
}

/** Blow upon blow on one study, each followed by the same command, until it ends well. A blow that comes too late falls on nothing. */
async function survive(study: string, blows: readonly Struck[]): Promise<void> {
  const before = own.simulator.ledger.openalex.requests;
  const kept: DoneShard[] = [];
  for (const { blow, after } of blows) {
    const running = start(study);
    const done = await midway(study, after, running);
    if (done === null) break;
    kept.push(...done);
    await strike(blow, running).catch(() => undefined);
    const answer = await running.answer;
    // The run may have come to its end while the blow fell.
    const code = answer.code === 0 ? 0 : EXPECTED[blow];
    expect({ blow, code: answer.code, stderr: answer.code === code ? '' : answer.stderr }).toEqual({ blow, code, stderr: '' });
    if (answer.code !== 0) expect(answer.stderr).toMatch(/start the same command again|kept/i);
  }
  await standsAsUndisturbed(study, await start(study).answer, kept);
  await booksAgree(study, before);
}

/** Our ledger beside the service's own: what was answered was sent, and what was sent was answered or is listed as not known. */
async function booksAgree(study: string, before: number): Promise<void> {
  const sent = own.simulator.ledger.openalex.requests - before;
  const { completed, unknown } = await own.home.withDatabase(study, ledgerOf);
  expect({ completed, sent, unknown, holds: completed <= sent && sent <= completed + unknown }).toMatchObject({ holds: true });
}

async function ledgerOf({ pool }: Database): Promise<{ completed: number; unknown: number }> {
  const { rows } =
    await pool.query(`select count(*) filter (where completed is not null)::int as completed, count(*) filter (where completed is null)::int as unknown
    from store.request where not cached and service = 'openalex'`);
  return rows[0] as { completed: number; unknown: number };
}

/** A worker is started again by the command that follows the run; without an engine it ends. */
const EXPECTED: Readonly<Record<Blow, number>> = { worker: 0, postgres: 1, temporal: 1, keeper: 1, interrupt: 130 };

async function standsAsUndisturbed(study: string, answer: Answer, kept: readonly DoneShard[]): Promise<void> {
  expect({ code: answer.code, stderr: answer.code === 0 ? '' : answer.stderr }).toEqual({ code: 0, stderr: '' });
  const last = json<Rebuilt>(answer);
  expect(last.status).toBe('done');
  expect(digestsOf(last)).toEqual(undisturbed);
  await own.home.withDatabase(study, async (database) => {
    const now = new Map((await doneShards(database)).map((shard) => [shard.id, shard]));
    expect(kept.map(({ id }) => now.get(id))).toEqual(kept);
    expect((await database.pool.query(SEALED_TWICE)).rows).toEqual([]);
    expect((await database.pool.query(TWICE, [kept.map(({ id }) => id)])).rows).toEqual([]);
  });
}

/** Requests that a shard had made when it was done, sent again after that. What was in flight at a blow may be asked twice before. */
const TWICE = `select again.canonical from store.shard as done
  join store.request as first on first.shard = done.id and not first.cached
  join store.request as again using (request_digest)
  where done.id = any($1) and not again.cached and again.intended > done.finished`;

/** A key that two results were made for, though nobody forced it. */
const SEALED_TWICE = `select key from store.result where state = 'sealed' and not forced group by key having count(*) > 1`;

const ALL: readonly Blow[] = ['temporal', 'keeper', 'interrupt', 'postgres', 'worker'];

/** Printed, and taken from the environment, so that a round that fails can be had again. */
const SEED = Number(process.env['ATLAS_SEED'] ?? Date.now() % 1_000_000);

/** Numbers below 1 that a seed gives: mulberry32. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** So many blows at moments that the seed chooses; each kind in turn, from one that the seed chooses. */
function blowsOf(seed: number, count: number): Struck[] {
  const draw = random(seed);
  const first = Math.floor(draw() * ALL.length);
  return Array.from({ length: count }, (_, index) => ({ blow: ALL[(first + index) % ALL.length]!, after: 1 + Math.floor(draw() * 12) }));
}

describe(`kill -9 at moments of seed ${SEED}`, () => {
  it('of three of them: the same command again goes on, and nothing finished is done again', async () => {
    await survive(own.study('struck'), blowsOf(SEED, 3));
  });

  const ROUNDS = 10;
  (LONG ? it.each(Array.from({ length: ROUNDS }, (_, index) => index + 1)) : it.skip.each([0]))(
    'of every process, study %i of ten',
    async (round) => {
      await survive(own.study(`round-${round}`), blowsOf(SEED + round, ALL.length));
    },
  );
});

describe('several commands at once', () => {
  it('follow one run; another rebuild is refused; the run goes on without any of them', async () => {
    const study = own.study('together');
    const detached = await start(study, '--detach').answer;
    const { run } = json<Rebuilt>(detached);
    expect({ code: detached.code, status: json<Rebuilt>(detached).status }).toEqual({ code: 0, status: 'running' });
    const [one, other, different] = [start(study), start(study), start(study, '--force', 'source/regions')];
    const refused = await different.answer;
    expect({ code: refused.code, names: refused.stderr.includes(`run ${run} `) }).toEqual({ code: 2, names: true });
    await midway(study, 3, one);
    one.child.kill('SIGINT');
    expect((await one.answer).code).toBe(130);
    const followed = await other.answer;
    expect({ code: followed.code, run: json<Rebuilt>(followed).run }).toEqual({ code: 0, run });
    expect(followed.stderr).toContain(`Following run ${run}`);
    expect(digestsOf(json<Rebuilt>(followed))).toEqual(undisturbed);
    await tellsOf(study, run);
  });

  it('started together are one run', async () => {
    const study = own.study('together');
    const both = await Promise.all([start(study, '--force', 'source/regions').answer, start(study, '--force', 'source/regions').answer]);
    expect(both.map(({ code }) => code)).toEqual([0, 0]);
    const [one, other] = both.map((answer) => json<Rebuilt>(answer));
    expect(stepsThat('ran', one!).concat(stepsThat('ran', other!))).toContain('source/regions');
    await own.home.run(['down']);
    expect(await own.home.processes()).toEqual([]);
  });

  it('never show a stack trace', () => {
    expect(everythingSaid()).not.toMatch(/^\s+at .+:\d+:\d+\)?$/m);
  });
});

/** The commands that look at a run. */
async function tellsOf(study: string, run: number): Promise<void> {
  const told = async (...args: readonly string[]): Promise<Record<string, unknown>> =>
    json(await own.home.run([...args, '--study', study, '--json']));
  const status = await told('status');
  expect({ run: status['run'], status: status['status'] }).toEqual({ run, status: 'done' });
  const roles = (status['processes'] as { role: string }[]).map(({ role }) => role);
  expect([...new Set(roles)].sort()).toEqual(['keeper', 'postgres', 'temporal', 'worker']);
  expect(await told('show', String(run))).toMatchObject({ run, status: 'done', trigger: 'detached' });
  expect(await told('runs')).toMatchObject([{ run, status: 'done', study: 'together' }]);
  expect(await told('why', 'sample/final')).toMatchObject({ step: 'sample/final', action: 'hit', cues: [] });
  const none = await startAtlas(['show', '99', '--study', study, '--home', own.home.dir]).answer;
  expect({ code: none.code, text: none.stderr }).toEqual({
    code: 2,
    text: expect.stringContaining('Expected a run of together, got "99". Its newest is 1') as string,
  });
}
