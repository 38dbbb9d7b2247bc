import { request } from 'undici';
import { loadGraph } from '../activities/registry';
import { CommandError } from './failure';
import type { StudyPlan } from './plan-of';
import type { Bases } from './processes';
import type { StudySession } from './study-session';

const PATIENCE_MS = 10_000;

/** What a service answers to, cheaply and without a key. */
const DOORS: Readonly<Record<keyof Bases, string>> = {
  openalex: '/sources?filter=type:conference&per_page=1&select=id',
  eutils: '/esearch.fcgi?db=pubmed&term=asthma&retmax=0',
  bulk: '/baseline/',
};

/** Asks each service that the plan needs whether it is there at all, before a run is made. @throws CommandError (exit 2) */
export async function refuseUnreachable(session: StudySession, plan: StudyPlan, bases: Bases, offline: boolean): Promise<void> {
  if (offline) return;
  for (const service of neededBy(session, plan)) {
    await knock(bases[service] + DOORS[service]).catch((error: unknown) => {
      const cause = error instanceof Error ? error.message : String(error);
      const text = `Expected ${service} to answer at ${bases[service]}, got "${cause}". Check the network and the address (ATLAS_${service.toUpperCase()}_URL); --offline rebuilds from what is archived.`;
      throw new CommandError(session.settings.redact(text), 2);
    });
  }
}

/** Any answer will do, also a refusal: what matters is that somebody is there. */
async function knock(url: string): Promise<void> {
  const { body } = await request(url, {
    headersTimeout: PATIENCE_MS,
    bodyTimeout: PATIENCE_MS,
    headers: { 'user-agent': 'research-atlas' },
  });
  await body.dump();
}

function neededBy({ loaded }: StudySession, plan: StudyPlan): (keyof Bases)[] {
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
