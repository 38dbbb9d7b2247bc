import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { isAddress } from '../../config/settings';
import { createFetcher, createPool } from '../../clients/http/fetcher';
import type { Secrets } from '../../clients/http/ports';
import { folderSnapshot, remoteSnapshot } from '../../clients/openalex/snapshot/source';
import { createArchive } from '../../store/archive';
import { openBlobs, openShelf } from '../../store/blobs/open';
import { createLedger, type Asker } from '../../store/ledger';
import { createLimiter } from '../../store/limiter';
import { Blocked } from '../blocked';
import type { Services } from '../services';
import { placesOf, type Engine, type OpenRun } from './context';

/** Least time between two requests, as each service's terms allow with room to spare: NCBI allows ten a second with a key, three without. */
function gapsMs({ secrets }: Engine['settings']) {
  return { openalex: 125, eutils: secrets.ncbiApiKey === null ? 400 : 111, bulk: 0, snapshot: 0 };
}

/** The services of one shard, and what must be closed behind it. Each is made when it is first used: many shards need none. */
export function openServices(engine: Engine, opened: OpenRun, asker: Asker): { services: Services; close(): Promise<void> } {
  const { settings } = engine;
  const scratched: string[] = [];
  let fetcher: ReturnType<typeof fetcherOf> | null = null;
  const scratch = async (): Promise<string> => {
    await mkdir(path.join(settings.home, 'scratch'), { recursive: true });
    const folder = await mkdtemp(path.join(settings.home, 'scratch', 'shard-'));
    scratched.push(folder);
    return folder;
  };
  const services: Services = {
    get fetcher() {
      return (fetcher ??= fetcherOf(engine, opened, asker));
    },
    get snapshot() {
      const { snapshot } = opened.row.services ?? settings.services;
      return isAddress(snapshot) ? remoteSnapshot(services.fetcher, scratch) : folderSnapshot(snapshot);
    },
    file: async (sha256) => fileOf(await placesOf(engine, opened.row.id), sha256),
    scratch,
    shelf: () => openShelf(settings, `bulk/${opened.row.vintage}`),
  };
  const close = async (): Promise<void> => {
    await Promise.all(scratched.map((folder) => rm(folder, { recursive: true, force: true })));
    await fetcher?.close();
  };
  return { services, close };
}

/** One per process: a shard that sends one request must not shake hands for it. */
const pools = new WeakMap<Engine, ReturnType<typeof createPool>>();

function poolOf(engine: Engine) {
  const pool = pools.get(engine) ?? createPool();
  pools.set(engine, pool);
  return pool;
}

function fetcherOf(engine: Engine, { row, study }: OpenRun, asker: Asker) {
  const { settings, database } = engine;
  return createFetcher({
    dispatcher: poolOf(engine),
    bases: row.services ?? settings.services,
    secrets: secretsOf(settings),
    archive: createArchive(database, openBlobs(settings), row.vintage),
    ledger: createLedger(database, asker, { budget: study.budget }),
    limiter: createLimiter(database, study.world.kind === 'real' ? gapsMs(settings) : {}),
    offline: row.options.offline,
    limits: { headersMs: settings.timeoutMs, bodyMs: settings.timeoutMs },
    userAgent: 'research-atlas',
  });
}

function secretsOf({ secrets, contactEmail }: Engine['settings']): Secrets {
  return {
    openalexKey: secrets.openalexApiKey ?? undefined,
    ncbiKey: secrets.ncbiApiKey ?? undefined,
    contactEmail: contactEmail ?? undefined,
  };
}

async function fileOf(places: Readonly<Record<string, string>>, sha256: string): Promise<string> {
  const file = places[sha256];
  if (file === undefined)
    throw new Blocked(
      `Expected a file with sha256 ${sha256.slice(0, 12)} among those of the study, got none.`,
      'Abort this step, and start a rebuild that names the file.',
    );
  const advice = `Put it back as it was when the rebuild began (sha256 ${sha256.slice(0, 12)}…) and unblock this step; or abort the step and start a rebuild that reads what is there.`;
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash).catch((error: Error) => {
    throw new Blocked(`Expected to read ${file}, got ${error.message.replace(/, open '.*'$/, '')}.`, advice);
  });
  if (hash.digest('hex') !== sha256) throw new Blocked(`Expected ${file} as it was when the rebuild began, got other bytes.`, advice);
  return file;
}
