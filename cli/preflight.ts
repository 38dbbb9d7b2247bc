import { existsSync } from 'node:fs';
import path from 'node:path';
import { isAddress } from '../config/settings';
import { loadGraph } from '../activities/registry';
import type { Service } from '../clients/http/ports';
import { checkBucket } from '../store/blobs/open';
import { createLedger } from '../store/ledger';
import { tryDoors, type Door } from './doors';
import { CommandError } from './failure';
import { note } from './options';
import type { StudyPlan } from './plan-of';
import { FREE } from './price';
import { checkRankings } from './ranking-files';
import { allowanceLine } from './study-checks';
import type { StudySession } from './study-session';

const NOBODY = { run: null, step: null, shard: null };

const SNAPSHOT_STEPS = [
  'source/openalex-parts',
  'source/openalex-gone',
  'source/openalex-snapshot-works',
  'source/openalex-snapshot-citing',
];

/**
 * Asks the bucket, and each service that the plan needs, whether it is there and takes the key, before a run is made.
 * @returns what the services said
 * @throws CommandError (exit 2) telling everything that is in the way, or what the bucket said
 */
export async function refuseClosedDoors(session: StudySession, plan: StudyPlan, offline: boolean): Promise<Door[]> {
  await checkBucket(session.settings);
  if (offline) return [];
  const needed = neededBy(session, plan);
  const snapshot = session.settings.services.snapshot;
  const inFolder = needed.includes('snapshot') && !isAddress(snapshot);
  const asked = inFolder ? needed.filter((service) => service !== 'snapshot') : needed;
  const doors = await tryDoors(session.settings, asked, createLedger(session.database, NOBODY));
  const troubles = [...(inFolder ? noSnapshotIn(snapshot) : []), ...doors.flatMap(({ trouble }) => trouble ?? [])];
  if (troubles.length > 0) throw new CommandError(troubles.join('\n'), 2);
  return doors;
}

function noSnapshotIn(folder: string): string[] {
  if (['data/jsonl/works/manifest.json', 'data/works/manifest'].some((manifest) => existsSync(path.join(folder, manifest)))) return [];
  return [
    `Expected an OpenAlex snapshot with data/jsonl/works/manifest.json or data/works/manifest in it, got none in ${folder}. Bring one there (docs/data-sources.md says how), correct ATLAS_OPENALEX_SNAPSHOT, or set openalex.route: api.`,
  ];
}

function neededBy({ loaded }: StudySession, plan: StudyPlan): Service[] {
  const { byId } = loadGraph();
  const queues = new Set(plan.steps.filter(({ action }) => action !== 'hit').map(({ step }) => byId.get(step)!.queue));
  const { routes, on } = loaded.study.pubmed;
  const { route } = loaded.study.openalex;
  const scans = plan.steps.some(({ step, action }) => action !== 'hit' && SNAPSHOT_STEPS.includes(step));
  const pubmed = queues.has('pubmed') && on;
  return [
    ...(queues.has('openalex') && route !== 'snapshot' ? (['openalex'] as const) : []),
    ...(scans && route !== 'api' ? (['snapshot'] as const) : []),
    ...(pubmed && routes.includes('eutils') ? (['eutils'] as const) : []),
    ...(pubmed && routes.includes('bulk') ? (['bulk'] as const) : []),
  ];
}

export function tellAllowance(doors: readonly Door[]): void {
  for (const { service, allowance } of doors) if (allowance !== null) note(`${service}: ${allowanceLine(allowance, FREE)}`);
}

/** Reads the ranking files that the plan would read. @throws CommandError (exit 2) telling what is wrong with them */
export async function refuseRankings({ loaded }: StudySession, plan: StudyPlan): Promise<void> {
  if (plan.steps.some(({ step, action }) => action !== 'hit' && step.endsWith('-ranking'))) await checkRankings(loaded);
}
