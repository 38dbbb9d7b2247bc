import { z } from 'zod';
import type { Connection } from './connection';
import { LostKeeper, StackError } from './errors';
import { homeAt, makeHome, type Home } from './home';
import { connect, connectOrStart } from './launch';
import { endLeftovers } from './leftovers';
import { poll, settles } from './poll';
import { ensureDatabase } from './postgres/database';
import {
  PROTOCOL,
  listed,
  opened,
  released,
  started,
  type Death,
  type EngineNeed,
  type Opened,
  type ProcessInfo,
  type ProcessSpec,
  type SearchAttributes,
  type StartedProcess,
} from './protocol';

export { engineChecks, machineChecks, type DoctorLine } from './doctor';
export { StackError } from './errors';
export type { EngineNeed, ProcessInfo, ProcessSpec } from './protocol';

/** A command's hold on the engines of a home. */
export interface StackSession {
  readonly temporal: { address: string; uiUrl: string; namespace: string } | null;
  /** The URL of a database, which is created when missing (locale C, UTF8). @throws StackError when Postgres was not asked for. */
  database(name: string): Promise<string>;
  /**
   * Runs a program under the keeper until the last session closes. The same name and spec is shared; the same name with another spec is
   * replaced. Resolves with what its first `{"ready":{…}}` line on standard output says. @throws StackError after 60 s without one.
   */
  start(spec: ProcessSpec): Promise<StartedProcess>;
  processes(): Promise<ProcessInfo[]>;
  /** Tells when an engine or a program died under us, or the keeper itself. After an engine or the keeper the session is over. */
  onDeath(listener: (death: Death) => void): void;
  /** Everything runs on after the last session closes, until `stopStack`. */
  stay(): Promise<void>;
  /** Lets go. The last one to do so stops everything, unless `stay` was asked, and resolves when that is done. */
  close(): Promise<void>;
}

export interface OpenOptions {
  /** Takes one-line news of what is being made or fetched. */
  note?: (line: string) => void;
  /** Registered with the Temporal namespace; again is harmless. */
  searchAttributes?: SearchAttributes;
}

/** A first start may fetch 45 MB, and one after a crash recover for minutes. */
const OPEN_MS = 15 * 60_000;
/** Up to 30 s for what is replaced, 60 s for the new one. */
const START_MS = 120_000;
const ANSWER_MS = 15_000;
const STOP_MS = 75_000;

/** What a command says of a process that died under it. */
export function endOf({ role, detail }: Death): string {
  return `Expected ${role} to stay up, got its end: ${detail}. Start the same command again: what was finished is kept.`;
}

class Session implements StackSession {
  readonly #missed: Death[] = [];
  readonly #listeners: ((death: Death) => void)[] = [];
  #closing = false;
  /** The engine that died under us. */
  #fallen: Death | null = null;

  constructor(
    private readonly connection: Connection,
    private readonly engines: Opened,
  ) {
    connection.onDeath = (death) => {
      this.#tell(death);
    };
    void connection.closed.then(() => {
      // After the death of an engine the keeper ends too; that is no second death.
      if (!this.#closing && this.#fallen === null)
        this.#tell({ role: 'keeper', name: 'keeper', detail: `its socket closed (${connection.address})` });
    });
  }

  get temporal(): StackSession['temporal'] {
    return this.engines.temporal;
  }

  #tell(death: Death): void {
    if (death.role === 'postgres' || death.role === 'temporal') this.#fallen = death;
    if (this.#listeners.length === 0) this.#missed.push(death);
    for (const listener of this.#listeners) listener(death);
  }

  onDeath(listener: (death: Death) => void): void {
    this.#listeners.push(listener);
    for (const death of this.#missed.splice(0)) listener(death);
  }

  async database(name: string): Promise<string> {
    if (!this.engines.postgres) throw new StackError('Expected a session opened with postgres, got one without.');
    return ensureDatabase(this.engines.postgres.url, name);
  }

  async start(spec: ProcessSpec): Promise<StartedProcess> {
    try {
      return await this.connection.ask({ op: 'start', spec }, started, START_MS);
    } catch (error) {
      // What starts while an engine falls is stopped with the rest: not its end is the news.
      throw this.#fallen === null ? error : new StackError(endOf(this.#fallen));
    }
  }

  processes(): Promise<ProcessInfo[]> {
    return this.connection.ask({ op: 'processes' }, listed, ANSWER_MS);
  }

  async stay(): Promise<void> {
    await this.connection.ask({ op: 'stay' }, z.null(), ANSWER_MS);
  }

  async close(): Promise<void> {
    if (this.#closing) return;
    this.#closing = true;
    const answer = await this.connection.ask({ op: 'close' }, released, ANSWER_MS).catch(() => ({ stopping: false }));
    if (answer.stopping) await settles(this.connection.closed, STOP_MS);
    this.connection.end();
  }
}

async function tryOpen(home: Home, needs: EngineNeed[], options: OpenOptions): Promise<StackSession | null> {
  const connection = await connectOrStart(home);
  connection.onNote = options.note ?? (() => undefined);
  try {
    const asked = { op: 'open', protocol: PROTOCOL, needs, searchAttributes: options.searchAttributes ?? {} } as const;
    const engines = await connection.ask(asked, opened, OPEN_MS);
    if (!engines.closing) return new Session(connection, engines);
    await settles(connection.closed, STOP_MS);
    return null;
  } catch (error) {
    connection.end();
    if (error instanceof LostKeeper) return null;
    throw error;
  }
}

/**
 * Opens the engines of a home, starting what does not run yet, and holds them until `close`.
 * @throws StackError with exit code 2 when something is missing or not ours, 1 when an engine failed.
 */
export async function openStack(homeDir: string, needs: EngineNeed[], options: OpenOptions = {}): Promise<StackSession> {
  const home = makeHome(homeDir);
  // A keeper on its way out says so, a killed one breaks off; once it is gone the next one is ours.
  const session = await poll(() => tryOpen(home, needs, options), STOP_MS);
  if (session) return session;
  throw new StackError(`Expected the stopping engines of ${home.dir} to be gone by now, got them still there. See its logs/keeper.log.`);
}

/** Stops everything of a home, also what others use or a crash left behind. False when nothing was running. */
export async function stopStack(homeDir: string): Promise<boolean> {
  const home = homeAt(homeDir);
  const connection = await connect(home);
  if (!connection) return (await endLeftovers(home.processFile)).length > 0;
  const heard = await settlesWell(connection.ask({ op: 'stop' }, z.null(), ANSWER_MS));
  const gone = await settles(connection.closed, STOP_MS);
  connection.end();
  // Killed as we spoke: then nobody has stopped what it ran.
  if (gone && !heard) await endLeftovers(home.processFile);
  if (!gone)
    throw new StackError(
      `Expected the keeper of ${home.dir} to end within ${STOP_MS / 1000} s, got it still there. See its logs/keeper.log.`,
    );
  return true;
}

async function settlesWell(promise: Promise<unknown>): Promise<boolean> {
  return promise.then(
    () => true,
    () => false,
  );
}

/** What runs for a home now. Never starts anything, and creates nothing. */
export async function peekStack(homeDir: string): Promise<ProcessInfo[]> {
  const connection = await connect(homeAt(homeDir));
  if (!connection) return [];
  try {
    return await connection.ask({ op: 'processes' }, listed, ANSWER_MS);
  } catch {
    return []; // it ended while we asked
  } finally {
    connection.end();
  }
}
