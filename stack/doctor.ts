import { existsSync, accessSync, constants, statfsSync } from 'node:fs';
import path from 'node:path';
import { messageOf } from './errors';
import { homeAt, type Home } from './home';
import { connect } from './launch';
import { platformAdvice } from './platform';
import { findPostgres } from './postgres/find';
import { readRecord } from './postgres/record';
import { isReachableByAll, postgresUser } from './postgres/user';
import { listed } from './protocol';
import { fetchObstacles, searchInstalled } from './temporal/find';
import { TEMPORAL_VERSION } from './temporal/version';

/** One thing that was looked at. */
export interface DoctorLine {
  part: string;
  ok: boolean;
  /** Where it comes from or lies; null when there is none. */
  from: string | null;
  version: string | null;
  /** What to do, or what to know; null when there is nothing to say. */
  advice: string | null;
  /** False for a way that failed while another serves: worth a line, no reason to fail. */
  required: boolean;
}

const LEAST_NODE = [20, 19] as const;
const WANTED_FREE_GB = 5;

const line = (part: string, ok: boolean, rest: Partial<DoctorLine> = {}): DoctorLine => ({
  part,
  ok,
  from: null,
  version: null,
  advice: null,
  required: true,
  ...rest,
});

function node(): DoctorLine {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const ok = major > LEAST_NODE[0] || (major === LEAST_NODE[0] && minor >= LEAST_NODE[1]);
  const advice = ok ? null : `Install Node ${LEAST_NODE.join('.')} or later.`;
  return line('node', ok, { from: process.execPath, version: process.versions.node, advice });
}

function platform(): DoctorLine {
  const advice = platformAdvice();
  return line('platform', advice === null, { from: `${process.platform} ${process.arch}`, advice });
}

function nearestExisting(folder: string): string {
  return existsSync(folder) ? folder : nearestExisting(path.dirname(folder));
}

function homeFolder(home: Home): DoctorLine {
  const folder = nearestExisting(home.dir);
  try {
    accessSync(folder, constants.W_OK);
    return line('home', true, { from: home.dir, advice: folder === home.dir ? null : 'Will be created at first use.' });
  } catch (error) {
    return line('home', false, { from: home.dir, advice: `Make it writable or choose another with --home (${messageOf(error)}).` });
  }
}

function disk(home: Home): DoctorLine {
  const { bavail, bsize } = statfsSync(nearestExisting(home.dir));
  const freeGb = (bavail * bsize) / 2 ** 30;
  const ok = freeGb >= WANTED_FREE_GB;
  return line('disk', ok, {
    from: `${freeGb.toFixed(1)} GB free`,
    advice: ok ? null : `Free some: a rebuild wants ${WANTED_FREE_GB} GB or more.`,
  });
}

function postgres(home: Home): DoctorLine {
  try {
    const { from, version } = findPostgres();
    return line('postgres', true, { from, version, advice: whereItRuns(home) });
  } catch (error) {
    return line('postgres', false, { advice: messageOf(error) });
  }
}

/** As root the data may lie outside the home, which people should know before they clean up or back up. */
function whereItRuns(home: Home): string | null {
  const user = postgresUser();
  if (!user) return null;
  const inside = isReachableByAll(nearestExisting(home.dir));
  const folder = readRecord(home)?.folder ?? (inside ? 'home' : home.outside);
  const cleaned =
    folder === 'home'
      ? ''
      : ' Some systems clean /var/tmp of what was not used for 30 days: a home that others can enter keeps its data inside.';
  return `Runs as ${user.name}, since Postgres must not run as root; its data are in ${folder === 'home' ? home.dir : folder}.${cleaned}`;
}

async function temporal(): Promise<DoctorLine[]> {
  const { found, failed } = await searchInstalled();
  const ways = failed.map(({ way, why }) => line(`temporal: ${way}`, false, { from: way, advice: why, required: false }));
  if (found) return [line('temporal', true, { from: `${found.from} (${found.path})`, version: found.version }), ...ways];
  const fetching = await fetchObstacles();
  const open = fetching.find(({ why }) => why === null);
  const blocked = fetching.filter(({ why }) => why !== null);
  const more = blocked.map(({ way, why }) => line(`temporal: ${way}`, false, { from: way, advice: why, required: false }));
  const advice = open
    ? `Not fetched yet; will be at first use, which needs a network.`
    : 'Install the Temporal CLI (docs.temporal.io/cli) or set TEMPORAL_CLI_PATH to its file.';
  return [
    line('temporal', open !== undefined, { from: open?.way ?? null, version: open ? TEMPORAL_VERSION : null, advice }),
    ...ways,
    ...more,
  ];
}

async function running(home: Home): Promise<string | null> {
  const connection = await connect(home);
  try {
    const processes = await connection?.ask({ op: 'processes' }, listed, 5_000);
    return processes?.map(({ name, pid }) => `${name} (${pid})`).join(', ') ?? null;
  } finally {
    connection?.end();
  }
}

async function engines(home: Home): Promise<DoctorLine> {
  try {
    const names = await running(home);
    return line('engines', true, {
      from: home.dir,
      advice: names ? `Running: ${names}.` : 'Not running; a command that needs them starts them.',
    });
  } catch (error) {
    return line('engines', false, { from: home.dir, advice: messageOf(error) });
  }
}

/** Looks at everything a run needs of this machine. Starts, fetches and creates nothing. */
export function machineChecks(homeDir: string): DoctorLine[] {
  const home = homeAt(homeDir);
  return [node(), platform(), homeFolder(home), disk(home)];
}

/** Looks at the embedded engines. Starts, fetches and creates nothing. */
export async function engineChecks(homeDir: string): Promise<DoctorLine[]> {
  const home = homeAt(homeDir);
  return [postgres(home), ...(await temporal()), await engines(home)];
}
