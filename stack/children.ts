import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync } from 'node:fs';
import { birthOf } from './process-identity';
import { endProcess, writeRecords, type ProcessRecord } from './leftovers';
import { openLog, sizeOf, tail } from './log';
import type { Death, ProcessInfo } from './protocol';

export interface ChildSpec {
  role: ProcessInfo['role'];
  name: string;
  command: string;
  args: readonly string[];
  env: NodeJS.ProcessEnv;
  cwd: string;
  logFile: string;
  stopSignal: ProcessRecord['stopSignal'];
  /** How long it may take to end before SIGKILL, in milliseconds. */
  graceMs: number;
  /** The user it runs as, when that is not the keeper's own. */
  user?: { uid: number; gid: number } | null;
  /** Standard output goes to the log unless somebody reads it. */
  stdout?: 'log' | 'pipe';
}

export interface Child {
  readonly spec: ChildSpec;
  readonly pid: number;
  readonly process: ChildProcess;
  /** Set by whoever starts it. A death before that is a failed start, told to the one who waits for it and to nobody else. */
  ready: boolean;
  /** Set once the process is gone: how it ended. */
  ended: string | null;
  /** Resolves when it is gone, with how it ended. */
  readonly exited: Promise<string>;
  /** What it has logged since it was started, shortened. */
  logTail(): string;
}

/** The processes of one keeper: started, recorded on disk, ended. The death of a ready one that nobody asked for goes to `onDeath`. */
export class Children {
  readonly #running = new Map<Child, ProcessRecord>();
  readonly #expected = new Set<Child>();

  constructor(
    private readonly recordFile: string,
    private readonly onDeath: (child: Child, death: Death) => void,
  ) {}

  spawn(spec: ChildSpec): Child {
    const since = sizeOf(spec.logFile);
    const log = openLog(spec.logFile);
    const { uid, gid } = spec.user ?? {};
    const child = spawn(spec.command, [...spec.args], {
      cwd: spec.cwd,
      env: spec.env,
      stdio: ['ignore', spec.stdout === 'pipe' ? 'pipe' : log, log],
      ...(uid === undefined ? {} : { uid, gid }),
    });
    closeSync(log);
    return this.#watch(spec, child, since);
  }

  #watch(spec: ChildSpec, child: ChildProcess, since: number): Child {
    const { promise, resolve } = withResolvers<string>();
    const pid = child.pid ?? 0;
    const logTail = (): string => tail(spec.logFile, sizeOf(spec.logFile) < since ? 0 : since);
    const watched: Child = { spec, pid, process: child, ready: false, ended: null, exited: promise, logTail };
    const end = (how: string): void => {
      if (watched.ended !== null) return;
      watched.ended = how;
      this.#forget(watched, how);
      resolve(how);
    };
    child.once('error', (error) => {
      end(`could not be started: ${error.message}`);
    });
    child.once('exit', (code, signalName) => {
      end(signalName ? `ended by ${signalName}` : `ended with exit code ${code}`);
    });
    if (pid > 0) this.#remember(watched);
    return watched;
  }

  #remember(child: Child): void {
    const { name, stopSignal } = child.spec;
    this.#running.set(child, { name, pid: child.pid, birth: birthOf(child.pid) ?? '', stopSignal });
    this.#record();
  }

  #forget(child: Child, how: string): void {
    const wanted = this.#expected.delete(child);
    if (!this.#running.delete(child)) return;
    this.#record();
    const { role, name } = child.spec;
    if (child.ready && !wanted) this.onDeath(child, { role, name, detail: `${how}; its log ends with:\n${child.logTail()}` });
  }

  #record(): void {
    try {
      writeRecords(this.recordFile, [...this.#running.values()]);
    } catch {
      // A full disk, or a home removed under us: the guard ends everything all the same.
    }
  }

  /** Ends a child and waits until it is gone; not told as a death. */
  async stop(child: Child, graceMs = child.spec.graceMs): Promise<void> {
    const known = this.#running.get(child);
    if (!known || child.ended !== null) return;
    this.#expected.add(child);
    await endProcess(known, graceMs);
    await child.exited;
  }

  list(): Child[] {
    return [...this.#running.keys()];
  }
}

/** `Promise.withResolvers` of later Node versions. */
function withResolvers<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
