import { spawn, type ChildProcess } from 'node:child_process';
import { rmSync, rmdirSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import path from 'node:path';
import { send, onMessage } from './channel';
import { Children, type Child } from './children';
import { Engines } from './engines';
import { StackError, messageOf } from './errors';
import { homeAt, type Home } from './home';
import { endLeftovers } from './leftovers';
import { claim } from './lock';
import { settles } from './poll';
import { signal } from './process-identity';
import { Programs } from './programs';
import { PROTOCOL, request, type Death, type Opened, type ProcessInfo, type Reply, type Request } from './protocol';

/*
 * The one process per home that owns its engines and workers: `node dist/stack/keeper.js <home>`, detached. Commands hold a socket to it;
 * when the last is closed it stops everything and ends, unless one asked it to stay.
 */

/** A keeper that nobody has come to use ends by itself: the command that started it may have been killed. */
const UNUSED_MS = 20_000;
/** A program whose engine died has nothing left to finish, and the next command waits for its end. */
const WITHOUT_ENGINE_MS = 3_000;
const GUARD_END_MS = 2_000;

const CLOSING: Opened = { closing: true, postgres: null, temporal: null };

const isEngine = ({ spec }: Child): boolean => spec.role === 'postgres' || spec.role === 'temporal';

/** Ends what is no child of record: initdb, pip and the like, when stopped in the midst of a start. We ignore the signal ourselves. */
function endOwnGroup(): void {
  signal(-process.pid, 'SIGTERM');
}

class Keeper {
  readonly #sessions = new Set<Socket>();
  readonly #children: Children;
  readonly #engines: Engines;
  readonly #programs: Programs;
  #address = '';
  #stay = false;
  #stopping = false;
  #ready: Promise<unknown> = Promise.resolve();
  #guard: ChildProcess | null = null;

  constructor(private readonly home: Home) {
    this.#children = new Children(home.processFile, (child, death) => {
      this.#died(child, death);
    });
    this.#engines = new Engines(home, this.#children);
    this.#programs = new Programs(home, this.#children);
  }

  async run(): Promise<void> {
    const address = await claim(
      this.home,
      createServer((socket) => {
        this.#serve(socket);
      }),
    );
    if (address === null) process.exit(0); // another command was quicker; ours will find its keeper
    this.#address = address;
    this.#watchOver();
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => void this.stop());
    this.#ready = endLeftovers(this.home.processFile).then((names) => {
      if (names.length > 0) console.log(`Ended what the last keeper left: ${names.join(', ')}.`);
    });
    setTimeout(() => {
      this.#stopIfUnused();
    }, UNUSED_MS);
  }

  /** Keeps a guard alive, which ends everything should we be killed. */
  #watchOver(): void {
    const guard = spawn(process.execPath, [path.join(__dirname, 'guard.js'), String(process.pid)], {
      detached: true,
      stdio: ['pipe', 'ignore', 'inherit'],
    });
    guard.on('error', (error) => {
      console.error(`Expected to start the guard, got: ${error.message}`);
      void this.stop(1);
    });
    guard.on('exit', () => {
      if (!this.#stopping) this.#watchOver();
    });
    guard.stdin?.on('error', () => undefined);
    this.#guard = guard;
  }

  #serve(socket: Socket): void {
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.#release(socket);
    });
    onMessage(socket, (message) => {
      const asked = request.parse(message);
      void this.#answer(socket, asked).then((reply) => {
        send(socket, reply);
      });
    });
  }

  async #answer(socket: Socket, asked: Request): Promise<Reply> {
    try {
      return { id: asked.id, ok: await this.#handle(socket, asked) };
    } catch (error) {
      const exitCode = error instanceof StackError ? error.exitCode : 1;
      return { id: asked.id, error: { message: messageOf(error), exitCode } };
    }
  }

  async #handle(socket: Socket, asked: Request): Promise<unknown> {
    switch (asked.op) {
      case 'open':
        return this.#open(socket, asked);
      case 'start':
        return this.#programs.start(asked.spec);
      case 'processes':
        return this.#processes();
      case 'stay':
        this.#stay = true;
        return null;
      case 'close':
        return { stopping: this.#release(socket) };
      case 'stop':
        void this.stop();
        return null;
    }
  }

  async #open(socket: Socket, asked: Extract<Request, { op: 'open' }>): Promise<Opened> {
    if (this.#stopping) return CLOSING;
    if (asked.protocol !== PROTOCOL) {
      throw new StackError('Expected engines started by this version of the program, got another. Run `atlas down`, then this again.', 2);
    }
    this.#sessions.add(socket);
    await this.#ready;
    const note = (line: string): void => {
      send(socket, { note: line });
    };
    if (!(await this.#engines.areWhole())) return CLOSING;
    const open = await this.#engines.open(asked.needs, asked.searchAttributes, note);
    return this.#stopping ? CLOSING : { closing: false, ...open };
  }

  async #processes(): Promise<ProcessInfo[]> {
    const own: ProcessInfo = { role: 'keeper', name: 'keeper', pid: process.pid, address: this.#address };
    return [own, ...(await this.#engines.infos()), ...this.#programs.infos()];
  }

  #died(child: Child, death: Death): void {
    console.log(`${death.name}: ${death.detail}`);
    for (const session of this.#sessions) send(session, { death });
    if (isEngine(child)) void this.stop(1, WITHOUT_ENGINE_MS);
  }

  /** True when that was the last session and the keeper now stops. */
  #release(socket: Socket): boolean {
    if (this.#sessions.delete(socket)) this.#stopIfUnused();
    return this.#stopping;
  }

  #stopIfUnused(): void {
    if (this.#sessions.size === 0 && !this.#stay) void this.stop();
  }

  /** Stops everything: our programs first, while their engines still answer. Keeps the socket, which is the lock, to the end. */
  async stop(exitCode = 0, programGraceMs?: number): Promise<void> {
    if (this.#stopping) return;
    this.#stopping = true;
    const programs = this.#children.list().filter((child) => !isEngine(child));
    await Promise.all(programs.map((child) => this.#children.stop(child, programGraceMs)));
    await Promise.all(this.#children.list().map((child) => this.#children.stop(child)));
    endOwnGroup();
    rmSync(this.home.processFile, { force: true });
    this.#giveUpLock();
    await this.#dismissGuard();
    process.exit(exitCode);
  }

  async #dismissGuard(): Promise<void> {
    if (!this.#guard) return;
    const gone = new Promise((resolve) => this.#guard?.once('exit', resolve));
    this.#guard.stdin?.end('done');
    await settles(gone, GUARD_END_MS);
  }

  #giveUpLock(): void {
    rmSync(this.#address, { force: true });
    try {
      rmdirSync(this.home.socketDir);
    } catch {
      // A successor has its socket there already.
    }
  }
}

const homeDir = process.argv[2];
if (!homeDir) throw new Error('Expected the folder of a home as argument, got none.');
new Keeper(homeAt(homeDir)).run().catch((error: unknown) => {
  console.error(messageOf(error));
  process.exit(1);
});
