import type { Fetcher } from '../../clients/http/ports';
import type { Authorship, WorkRecord } from '../../clients/openalex/records';
import { workSingly } from '../../clients/openalex/single';

/** One author as rows keep it: enough to find countries, nothing that names a person. */
export interface BylineEntry {
  readonly position: 'first' | 'middle' | 'last';
  readonly countries: string[];
  readonly institutions: { id: string | null; country: string | null }[];
  readonly rawAffiliations: string[];
  readonly [key: string]: never | string | string[] | { id: string | null; country: string | null }[];
}

/** The byline of a work. Where the service gives no position, the place in the list tells it. */
export function bylineOf({ authorships }: Pick<WorkRecord, 'authorships'>): BylineEntry[] {
  return authorships.map((author, index) => ({
    position: positionOf(author, index, authorships.length),
    countries: author.countries,
    institutions: author.institutions,
    rawAffiliations: author.rawAffiliations,
  }));
}

/** Lists stop at 100 authors: such a work is fetched singly, which is free, before anybody takes its last author. */
export async function complete(fetcher: Fetcher, work: WorkRecord, signal: AbortSignal): Promise<WorkRecord> {
  if (!work.truncatedAuthors) return work;
  const { works } = await workSingly(fetcher, { id: work.id }, { signal });
  return works[0] ?? work;
}

function positionOf({ position }: Authorship, index: number, length: number): BylineEntry['position'] {
  if (position === 'first' || position === 'middle' || position === 'last') return position;
  if (index === 0) return 'first';
  return index === length - 1 ? 'last' : 'middle';
}
