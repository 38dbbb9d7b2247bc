import path from 'node:path';
import { createInterface } from 'node:readline';
import { createWriteStream } from 'node:fs';
import { z } from 'zod';
import type { Child, Children } from './children';
import { StackError } from './errors';
import { logFile, type Home } from './home';
import { settles } from './poll';
import { compiledRoot } from './project-root';
import type { ProcessInfo, ProcessSpec, StartedProcess } from './protocol';

const READY_MS = 60_000;
/** A worker lets its activities finish; it gives itself 25 s for that. */
const STOP_MS = 30_000;

const readyLine = z.object({ ready: z.record(z.string(), z.unknown()) });

interface Program {
  spec: string;
  child: Child;
  started: Promise<StartedProcess>;
}

/** The worker and the simulator of a home: our own programs, each known by its name. */
export class Programs {
  readonly #byName = new Map<string, Program>();
  readonly #turn = new Map<string, Promise<unknown>>();

  constructor(
    private readonly home: Home,
    private readonly children: Children,
  ) {}

  /** Starts, shares or replaces the program of this name; answers once it is ready. Calls for one name take turns. */
  start(spec: ProcessSpec): Promise<StartedProcess> {
    const before = this.#turn.get(spec.name) ?? Promise.resolve();
    const mine = before.then(
      () => this.#start(spec),
      () => this.#start(spec),
    );
    this.#turn.set(spec.name, mine);
    return mine;
  }

  async #start(spec: ProcessSpec): Promise<StartedProcess> {
    const wanted = canonical(spec);
    const present = this.#byName.get(spec.name);
    if (present && present.child.ended === null) {
      if (present.spec === wanted) return present.started;
      await this.children.stop(present.child);
    }
    const child = this.#spawn(spec);
    const started = this.#ready(spec, child);
    this.#byName.set(spec.name, { spec: wanted, child, started });
    return started;
  }

  #spawn(spec: ProcessSpec): Child {
    return this.children.spawn({
      role: spec.role,
      name: spec.name,
      command: process.execPath,
      args: [path.resolve(compiledRoot(), spec.entry), ...spec.args],
      env: { ...process.env, ...spec.env },
      cwd: process.cwd(),
      logFile: logFile(this.home, spec.name),
      stopSignal: 'SIGTERM',
      graceMs: STOP_MS,
      stdout: 'pipe',
    });
  }

  async #ready(spec: ProcessSpec, child: Child): Promise<StartedProcess> {
    const first = readyOf(child);
    await settles(Promise.race([first, child.exited]), READY_MS);
    const ready = await Promise.race([first, Promise.resolve(null)]);
    if (ready && child.ended === null) {
      child.ready = true;
      return { ...infoOf(child, ready), ready };
    }
    const reason = child.ended ?? `nothing within ${READY_MS / 1000} s`;
    await this.children.stop(child);
    throw failure(spec, child, reason);
  }

  infos(): ProcessInfo[] {
    const alive = [...this.#byName.values()].filter(({ child }) => child.ended === null);
    return alive.map(({ child }) => infoOf(child, addresses.get(child) ?? {}));
  }
}

/** What each program said when it was ready. */
const addresses = new WeakMap<Child, Record<string, unknown>>();

/** The first line of standard output that says `{"ready":{…}}`. All of standard output goes on to the log. */
function readyOf(child: Child): Promise<Record<string, unknown>> {
  const output = child.process.stdout;
  if (!output) return new Promise(() => undefined);
  output.pipe(createWriteStream(child.spec.logFile, { flags: 'a' }).on('error', () => undefined));
  return new Promise((resolve) => {
    const lines = createInterface({ input: output });
    lines.on('line', (line) => {
      if (addresses.has(child) || !line.startsWith('{')) return;
      const said = readyLine.safeParse(parsed(line));
      if (!said.success) return;
      addresses.set(child, said.data.ready);
      resolve(said.data.ready);
    });
  });
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

/** Its address is what it says itself, if it says one. */
function infoOf({ spec, pid }: Child, ready: Record<string, unknown>): ProcessInfo {
  const address = [ready['address'], ready['url']].find((value) => typeof value === 'string');
  return { role: spec.role, name: spec.name, pid, address: address ?? '' };
}

function failure({ name }: ProcessSpec, child: Child, reason: string): StackError {
  return new StackError(
    `Expected the ${name} to say it is ready, got: ${reason} (${child.spec.logFile}):\n${child.logTail()}\nStart the same command again: what was finished is kept.`,
  );
}

function canonical(spec: ProcessSpec): string {
  const env = Object.entries(spec.env).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([spec.role, spec.entry, spec.args, env]);
}
