import { statfsSync } from 'node:fs';
import type { Children } from './children';
import { StackError } from './errors';
import type { Home } from './home';
import { startPostgres, type RunningPostgres } from './postgres/start';
import type { Opened, ProcessInfo, SearchAttributes } from './protocol';
import { birthOf } from './process-identity';
import type { RunningTemporal } from './temporal/start';

const LEAST_FREE_BYTES = 256 * 1024 * 1024;

/** @throws StackError (2) when the disk of the home is all but full: Postgres would stop in mid-write. */
export function checkDisk(dir: string): void {
  const { bavail, bsize } = statfsSync(dir);
  const free = bavail * bsize;
  if (free >= LEAST_FREE_BYTES) return;
  throw new StackError(
    `Expected at least ${LEAST_FREE_BYTES / 2 ** 20} MB of free disk, got ${Math.floor(free / 2 ** 20)} MB (${dir}). Free some.`,
    2,
  );
}

type Note = (line: string) => void;

/** The two engines of a home, each started once, however many ask. A start that failed is tried again by the next who asks. */
export class Engines {
  #postgres: Promise<RunningPostgres> | null = null;
  #temporal: Promise<RunningTemporal> | null = null;
  /** Lists of search attributes that this server has: each command brings its own, and asking again costs a connection. */
  readonly #registered = new Set<string>();

  constructor(
    private readonly home: Home,
    private readonly children: Children,
  ) {}

  postgres(note: Note): Promise<RunningPostgres> {
    const starting = (this.#postgres ??= startPostgres(this.home, this.children, note));
    starting.catch(() => (this.#postgres = null));
    return starting;
  }

  async temporal(attributes: SearchAttributes, note: Note): Promise<RunningTemporal> {
    // Loaded late: commands that need Postgres only are not to wait for the gRPC client.
    const { prepareAttributes, startTemporal } = await import('./temporal/start.js');
    const starting = (this.#temporal ??= startTemporal(this.home, this.children, note));
    starting.catch(() => (this.#temporal = null));
    const running = await starting;
    const wanted = JSON.stringify(attributes);
    if (!this.#registered.has(wanted)) await prepareAttributes(running, attributes);
    this.#registered.add(wanted);
    return running;
  }

  /** Starts what is needed, side by side; waits for both to settle, so that a failure of one leaves no half-started other behind. */
  async open(needs: readonly string[], attributes: SearchAttributes, note: Note): Promise<Omit<Opened, 'closing'>> {
    checkDisk(this.home.dir);
    const [postgres, temporal] = await Promise.allSettled([
      needs.includes('postgres') ? this.postgres(note) : null,
      needs.includes('temporal') ? this.temporal(attributes, note) : null,
    ]);
    if (postgres.status === 'rejected') throw postgres.reason;
    if (temporal.status === 'rejected') throw temporal.reason;
    return {
      postgres: postgres.value && { url: postgres.value.url },
      temporal: temporal.value && { address: temporal.value.address, uiUrl: temporal.value.uiUrl, namespace: temporal.value.namespace },
    };
  }

  /** False when an engine is gone though we were not told yet: it was killed this very moment. */
  async areWhole(): Promise<boolean> {
    return (await this.infos()).every(({ pid }) => birthOf(pid) !== null);
  }

  async infos(): Promise<ProcessInfo[]> {
    const running = await Promise.all([settled(this.#postgres), settled(this.#temporal)]);
    const alive = running.filter((engine) => engine !== null && engine.child.ended === null);
    return alive.map((engine) => {
      const { child, address } = engine as RunningPostgres | RunningTemporal;
      return { role: child.spec.role, name: child.spec.name, pid: child.pid, address };
    });
  }
}

/** What a start has led to by now; null while it is under way, and when it failed. */
async function settled<T>(start: Promise<T> | null): Promise<T | null> {
  if (!start) return null;
  return Promise.race([start.catch(() => null), new Promise<null>((resolve) => setImmediate(resolve, null))]);
}
