import { loadGraph } from '../activities/registry';
import type { Service } from '../clients/http/ports';
import { createLedger } from '../store/ledger';
import { tryDoors, type Door } from './doors';
import { CommandError } from './failure';
import type { StudyPlan } from './plan-of';
import type { StudySession } from './study-session';

const NOBODY = { run: null, step: null, shard: null };

/**
 * Asks each service that the plan needs whether it is there and takes the key, before a run is made.
 * @returns what the services said
 * @throws CommandError (exit 2) telling everything that is in the way
 */
export async function refuseClosedDoors(session: StudySession, plan: StudyPlan, offline: boolean): Promise<Door[]> {
  if (offline) return [];
  const doors = await tryDoors(session.settings, neededBy(session, plan), createLedger(session.database, NOBODY));
  const troubles = doors.flatMap(({ trouble }) => trouble ?? []);
  if (troubles.length > 0) throw new CommandError(troubles.join('\n'), 2);
  return doors;
}

function neededBy({ loaded }: StudySession, plan: StudyPlan): Service[] {
  const { byId } = loadGraph();
  const queues = new Set(plan.steps.filter(({ action }) => action !== 'hit').map(({ step }) => byId.get(step)!.queue));
  const { routes, on } = loaded.study.pubmed;
  const pubmed = queues.has('pubmed') && on;
  return [
    ...(queues.has('openalex') ? (['openalex'] as const) : []),
    ...(pubmed && routes.includes('eutils') ? (['eutils'] as const) : []),
    ...(pubmed && routes.includes('bulk') ? (['bulk'] as const) : []),
  ];
}
