import type { Fetcher, Service } from '../http/ports';
import { type Allowance, readAllowance } from '../openalex/allowance';
import { manifestOf, remoteSnapshot } from '../openalex/snapshot/source';
import { workSingly } from '../openalex/single';
import { searchWindow } from '../pubmed/search';

/** A work that the documentation of OpenAlex uses in its examples. */
const SOME_WORK = 'W2741809807';

/**
 * Asks a service for next to nothing, and for nothing that costs: whether it is there, and whether it takes the key.
 * @returns what the key may spend, where the service tells
 * @throws Unauthorized for a wrong key, Unreachable, and the other ServiceErrors
 */
export async function knock(fetcher: Fetcher, service: Service, hasKey: boolean, signal?: AbortSignal): Promise<Allowance | null> {
  if (service === 'openalex' && hasKey) return readAllowance(fetcher, signal);
  if (service === 'openalex') await workSingly(fetcher, { id: SOME_WORK }, { signal, fresh: true });
  if (service === 'eutils')
    await searchWindow(fetcher, { term: 'asthma[ti]', from: '2020/01/01', to: '2020/01/31', cap: 0 }, { signal, fresh: true });
  if (service === 'bulk') await fetcher.fetch({ service, method: 'GET', path: '/baseline/', accept: 'bytes', fresh: true }, signal);
  if (service === 'snapshot') await manifestOf(remoteSnapshot(fetcher, noScratch), 'works', signal);
  return null;
}

function noScratch(): never {
  throw new Error('Expected to look at a manifest only, got a part to fetch. Report this: it is a fault of the program.');
}
