import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createFetcher } from '../../clients/http/fetcher';
import type { Secrets } from '../../clients/http/ports';
import { BlobFolder, createArchive } from '../../store/archive';
import { StoreError } from '../../store/errors';
import { createLedger, type Asker } from '../../store/ledger';
import { createLimiter } from '../../store/limiter';
import type { Services } from '../services';
import type { Engine, OpenRun } from './context';

/** Least time between two requests, as each service's terms allow with room to spare: NCBI allows ten a second with a key, three without. */
function gapsMs({ secrets }: Engine['settings']) {
  return { openalex: 125, eutils: secrets.ncbiApiKey === null ? 400 : 111, bulk: 0 };
}

/** The services of one shard, and what must be closed behind it. Each is made when it is first used: many shards need none. */
export function openServices(engine: Engine, opened: OpenRun, asker: Asker): { services: Services; close(): Promise<void> } {
  const { settings } = engine;
  const scratched: string[] = [];
  let fetcher: ReturnType<typeof fetcherOf> | null = null;
  return {
    services: {
      get fetcher() {
        return (fetcher ??= fetcherOf(engine, opened, asker));
      },
      file: (sha256) => fileOf(opened.places, sha256),
      scratch: async () => {
        await mkdir(path.join(settings.home, 'scratch'), { recursive: true });
        const folder = await mkdtemp(path.join(settings.home, 'scratch', 'shard-'));
        scratched.push(folder);
        return folder;
      },
      keep: async () => {
        const folder = path.join(settings.home, 'bulk', opened.row.vintage);
        await mkdir(folder, { recursive: true });
        return folder;
      },
    },
    close: async () => {
      await Promise.all(scratched.map((folder) => rm(folder, { recursive: true, force: true })));
      await fetcher?.close();
    },
  };
}

function fetcherOf({ settings, database }: Engine, { row, study }: OpenRun, asker: Asker) {
  return createFetcher({
    bases: row.services ?? settings.services,
    secrets: secretsOf(settings),
    archive: createArchive(database, new BlobFolder(path.join(settings.home, 'blobs')), row.vintage),
    ledger: createLedger(database, asker),
    limiter: createLimiter(database, study.world.kind === 'real' ? gapsMs(settings) : {}),
    offline: row.options.offline,
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
  const advice = 'Put the file back, or start a new rebuild that reads the one that is there.';
  if (file === undefined)
    throw new StoreError(`Expected a file with sha256 ${sha256.slice(0, 12)} among those of the study, got none. ${advice}`);
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash).catch((error: Error) => {
    throw new StoreError(`Expected to read ${file}, got ${error.message}. ${advice}`);
  });
  if (hash.digest('hex') !== sha256)
    throw new StoreError(`Expected ${path.basename(file)} as it was when the rebuild began, got other bytes. ${advice}`);
  return file;
}
