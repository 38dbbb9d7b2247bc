import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { homeAt } from '../stack/home';
import { openStack, peekStack, stopStack, type ProcessInfo, type StackSession } from '../stack/session';
import { openDatabase, type Database } from '../store/database';

const root = path.resolve(__dirname, '..');
const main = path.join(root, 'dist', 'cli', 'main.js');

/** What a command left behind when it ended. */
export interface Answer {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command that is still at work. */
export interface Running {
  readonly child: ChildProcess;
  readonly answer: Promise<Answer>;
}

export interface How {
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string | Buffer;
}

export interface ShownStep {
  readonly step: string;
  readonly key: string | null;
  readonly action: string;
  readonly digest: string | null;
  readonly rows: number | null;
  readonly shards: { readonly total: number; readonly hit: number; readonly ran: number };
  readonly attempts: number;
  readonly cues: readonly { readonly cue: string; readonly was: string | null; readonly is: string | null }[];
}

export interface Rebuilt {
  readonly run: number;
  readonly workflowId: string;
  readonly status: string;
  readonly steps: readonly ShownStep[];
  readonly site: string | null;
  readonly temporalUi: string | null;
}

/** The settings of the machine stay outside: a test must not meet somebody's real key or database. */
const FOREIGN = /^(ATLAS_|TEMPORAL_(?!CLI_PATH$)|OPENALEX_|NCBI_|AWS_)/;
const said: string[] = [];

function environment(own: Readonly<Record<string, string>>): Record<string, string | undefined> {
  const kept = Object.entries(process.env).filter(([name]) => !FOREIGN.test(name));
  return { ...Object.fromEntries(kept), NO_COLOR: '1', ...own };
}

/** Starts `atlas …` as a user does. */
export function startAtlas(args: readonly string[], { env = {}, stdin = '' }: How = {}): Running {
  const child = spawn(process.execPath, [main, ...args], { env: environment(env), stdio: 'pipe' });
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
  child.stdin.on('error', () => undefined).end(stdin);
  const answer = once(child, 'close').then(([code]) => {
    const [stdout, stderr] = [Buffer.concat(out).toString(), Buffer.concat(err).toString()];
    said.push(stdout, stderr);
    return { code: code as number | null, stdout, stderr };
  });
  return { child, answer };
}

export const runAtlas = (args: readonly string[], how: How = {}): Promise<Answer> => startAtlas(args, how).answer;

/** Everything that commands of this test file printed so far. */
export const everythingSaid = (): string => said.join('\n');

/** One JSON document on stdout, and nothing else there. */
export function json<T = unknown>({ stdout, stderr }: Answer): T {
  try {
    return JSON.parse(stdout) as T;
  } catch {
    throw new Error(`Expected one JSON document on stdout, got ${JSON.stringify(stdout.slice(0, 400))} (stderr: ${stderr.slice(-2_000)}).`);
  }
}

/** Tables and files with their rows, as `export` gives them. */
export type Row = Readonly<Record<string, unknown>>;

/** A home and a folder of studies of this test file's own. */
export class TestHome {
  readonly top = mkdtempSync(path.join(os.tmpdir(), 'atlas-e2e-'));
  readonly dir = path.join(this.top, 'home');
  readonly #closers: (() => Promise<unknown>)[] = [];
  #session: Promise<StackSession> | null = null;

  constructor(private readonly env: Readonly<Record<string, string>> = {}) {
    if (!existsSync(main)) execFileSync('npm', ['run', '--silent', 'build'], { cwd: root, stdio: 'inherit' });
  }

  /** Writes a study into a folder beside the home; its name is that of the file. */
  study(name: string, yaml: string): string {
    const file = path.join(this.top, `${name}.yaml`);
    writeFileSync(file, `name: ${name}\n${yaml}`);
    return file;
  }

  start(args: readonly string[], how: How = {}): Running {
    return startAtlas([...args, '--home', this.dir], { ...how, env: { ...this.env, ...how.env } });
  }

  run(args: readonly string[], how: How = {}): Promise<Answer> {
    return this.start(args, how).answer;
  }

  /** A rebuild that is expected to end well. */
  async rebuild(study: string, ...more: readonly string[]): Promise<Rebuilt> {
    const answer = await this.run(['rebuild', '--study', study, '--json', ...more]);
    if (answer.code !== 0) throw new Error(`Expected the rebuild to end with 0, got ${answer.code}: ${answer.stderr}`);
    return json<Rebuilt>(answer);
  }

  async table<T = Row>(study: string, table: string): Promise<T[]> {
    const answer = await this.run(['export', '--study', study, '--table', table, '--format', 'json']);
    if (answer.code !== 0) throw new Error(`Expected ${table}, got exit ${answer.code}: ${answer.stderr}`);
    return json<T[]>(answer);
  }

  processes(): Promise<ProcessInfo[]> {
    return peekStack(this.dir);
  }

  /** Holds the engines from now on, so that commands find them running. */
  async hold(): Promise<StackSession> {
    this.#session ??= openStack(this.dir, ['postgres', 'temporal']);
    return this.#session;
  }

  /** Lets go of what `hold` holds. */
  async release(): Promise<void> {
    const session = this.#session;
    this.#session = null;
    await (await session)?.close();
  }

  /** The database of a study; open until the end. */
  async database(study: string): Promise<Database> {
    const { database, close } = await this.#open(study);
    this.#closers.push(close);
    return database;
  }

  /** The database of a study for as long as the work takes: nothing is held before and after. */
  async withDatabase<T>(study: string, work: (database: Database) => Promise<T>): Promise<T> {
    const { database, close } = await this.#open(study);
    return work(database).finally(close);
  }

  async #open(study: string): Promise<{ database: Database; close: () => Promise<void> }> {
    const session = await openStack(this.dir, ['postgres']);
    const database = openDatabase(await session.database(`atlas_${path.basename(study, '.yaml').replaceAll('-', '_')}`), { max: 2 });
    return { database, close: () => database.pool.end().finally(() => session.close()) };
  }

  async temporal(): Promise<Client> {
    const { address, namespace } = (await this.hold()).temporal!;
    const connection = await Connection.connect({ address });
    this.#closers.push(() => connection.close());
    return new Client({ connection, namespace });
  }

  /** Brings everything down and removes it. */
  async end(): Promise<void> {
    await Promise.allSettled(this.#closers.splice(0).map((close) => close()));
    await this.release().catch(() => undefined);
    await this.run(['down']);
    await stopStack(this.dir);
    rmSync(homeAt(this.dir).outside, { recursive: true, force: true });
    rmSync(this.top, { recursive: true, force: true });
  }
}

/** The steps of a run by what became of them. */
export function stepsThat(action: string, { steps }: Pick<Rebuilt, 'steps'>): string[] {
  return steps
    .filter((step) => step.action === action)
    .map(({ step }) => step)
    .sort();
}

export function digestsOf({ steps }: Pick<Rebuilt, 'steps'>): Record<string, string | null> {
  return Object.fromEntries(steps.map(({ step, digest }) => [step, digest]).sort());
}
