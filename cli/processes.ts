import { loadGraph, queuesOf } from '../activities/registry';
import { urlOf } from '../config/bucket';
import { QUEUES } from '../config/queues';
import type { Settings } from '../config/settings';
import { stepsFolder } from '../config/steps-folder';
import { endOf, type ProcessSpec } from '../stack/session';
import type { Study } from '../config/study';
import { sha256 } from '../dag/digest';
import { CommandError } from './failure';
import { note } from './options';
import type { StudySession } from './study-session';

/** CPU work has a process of its own, so that it never holds up heartbeats and planning. */
const PROCESSES = [QUEUES.filter((queue) => queue !== 'cpu'), ['cpu']];

export interface Bases {
  readonly openalex: string;
  readonly eutils: string;
  readonly bulk: string;
  readonly snapshot: string;
}

/** glibc keeps freed memory with the arena it came from, and makes up to eight a core for the dozen threads of a worker. */
const MALLOC_ARENAS = '2';

/** Starts what answers for the study's world: nothing for the real services. @returns where the services are */
export async function startWorld(session: StudySession): Promise<Bases> {
  const { loaded, stack, settings } = session;
  const spec = simulatorOf(loaded.study, loaded.places);
  if (spec === null) return settings.services;
  if (stack === null) return givenWorld(session);
  const { ready } = await stack.start(spec);
  return {
    openalex: String(ready['openalex']),
    eutils: String(ready['eutils']),
    bulk: String(ready['bulk']),
    snapshot: String(ready['snapshot']),
  };
}

/** With given engines the workers are elsewhere: a simulator must stand where they reach it, and never the real services in its place. */
function givenWorld({ settings, loaded }: StudySession): Bases {
  const real = Object.values(settings.services).filter((address) => /ncbi\.nlm\.nih\.gov|api\.openalex\.org|amazonaws\.com/.test(address));
  if (real.length === 0) return settings.services;
  const { name, world } = loaded.study;
  throw new CommandError(
    `Expected the services of a ${world.kind} world for study ${name}, got the real ones. Start dist/simulator/main.js and set ATLAS_OPENALEX_URL, ATLAS_EUTILS_URL, ATLAS_BULK_URL and ATLAS_OPENALEX_SNAPSHOT to it for the workers too, or use the embedded engines.`,
    2,
  );
}

/** Starts the workers of this build, or finds them running. Given engines have workers of their own. */
export async function startWorkers(session: StudySession): Promise<void> {
  if (session.stack === null) return;
  const { stack } = session;
  await Promise.all(workerSpecs(session).map((spec) => stack.start(spec)));
}

/** Keeps the workers alive while a command follows a run: a dead one is started again, the third time it is the command that ends. */
export function reviveWorkers(session: StudySession, giveUp: (reason: string) => void): void {
  let deaths = 0;
  session.stack?.onDeath((death) => {
    if (death.role !== 'worker') {
      giveUp(endOf(death));
      return;
    }
    if (++deaths > 3) {
      giveUp(`Expected the worker to stay up, got its end ${deaths} times: ${death.detail}. Its log is in ${session.settings.home}/logs.`);
      return;
    }
    note(`The worker ended (${death.detail.split(';')[0]!}); starting another. Its log is in ${session.settings.home}/logs.`);
    startWorkers(session).catch((error: unknown) => {
      giveUp(error instanceof Error ? error.message : String(error));
    });
  });
}

function workerSpecs({ settings, loaded, database, temporal, build }: StudySession): ProcessSpec[] {
  const env = withoutNulls({
    ATLAS_DATABASE_URL: database.url,
    TEMPORAL_ADDRESS: temporal!.address,
    TEMPORAL_NAMESPACE: temporal!.namespace,
    ATLAS_HOME: settings.home,
    OPENALEX_API_KEY: settings.secrets.openalexApiKey,
    NCBI_API_KEY: settings.secrets.ncbiApiKey,
    ...bucketVariables(settings),
    ATLAS_CONTACT_EMAIL: settings.contactEmail,
    ATLAS_TIMEOUT_SECONDS: String(settings.timeoutMs / 1000),
    ATLAS_BUILD: build,
    ATLAS_STEPS: stepsFolder() ?? '',
    MALLOC_ARENA_MAX: MALLOC_ARENAS,
  });
  const used = queuesOf(loadGraph());
  const processes = PROCESSES.map((queues) => queues.filter((queue) => used.has(queue)));
  return processes
    .filter((queues) => queues.length > 0)
    .map((queues) => ({
      role: 'worker',
      name: `worker ${loaded.study.name} ${queues.join('+')}`,
      entry: 'worker/main.js',
      args: ['--queues', queues.join(',')],
      env,
    }));
}

/** An empty one counts as absent: a keeper that was started with a bucket must not hand it on to workers without. */
function bucketVariables({ bucket, secrets }: Settings): Record<string, string | null> {
  if (bucket === null) return { ATLAS_BLOBS_URL: '' };
  return {
    ATLAS_BLOBS_URL: urlOf(bucket),
    AWS_ENDPOINT_URL_S3: bucket.endpoint ?? '',
    AWS_REGION: bucket.region,
    AWS_ACCESS_KEY_ID: bucket.accessKeyId,
    AWS_SECRET_ACCESS_KEY: secrets.awsSecretAccessKey,
    AWS_SESSION_TOKEN: secrets.awsSessionToken ?? '',
  };
}

function simulatorOf({ name, world }: Study, places: Readonly<Record<string, string>>): ProcessSpec | null {
  if (world.kind === 'real') return null;
  const args =
    world.kind === 'synthetic'
      ? ['--world', 'synthetic', '--seed', String(world.seed), '--scale', world.scale]
      : ['--world', 'recorded', '--fixtures', places[world.from!.sha256]!];
  return {
    role: 'simulator',
    name: `simulator ${name} ${sha256(args.join(' ')).slice(0, 8)}`,
    entry: 'simulator/main.js',
    args: [...args, '--port', '0'],
    env: {},
  };
}

function withoutNulls(env: Readonly<Record<string, string | null>>): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== null));
}
