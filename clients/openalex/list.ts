import { z } from 'zod';
import type { AtlasRequest, Fetcher } from '../http/ports';

export const PAGE_SIZE = 100;
/** Values in one OR filter. */
export const MAX_OR_VALUES = 100;
/** What an address of 4,000 bytes leaves for the ids of a filter, encoded: `maxUrlBytes` of cutByContent. Fields and paging take the rest. */
export const FILTER_URL_BYTES = 3_200;

export interface ListWish {
  path: '/works' | '/sources';
  filter: string;
  select: string;
  /** Either where the crawl stands, … */
  cursor?: string;
  /** … or the number of the page, from 1. */
  page?: number;
  fresh?: boolean;
}

export interface List {
  count: number;
  next: string | null;
  results: unknown[];
  cached: boolean;
}

const pageSchema = z.object({
  meta: z.object({ count: z.number(), next_cursor: z.string().nullish() }),
  results: z.array(z.unknown()),
});

/** One page of a list, 100 rows. Costs one credit. @throws ServiceError */
export async function fetchList(fetcher: Fetcher, wish: ListWish, signal?: AbortSignal): Promise<List> {
  const answer = await fetcher.fetch(listRequest(wish), signal);
  const { meta, results } = pageSchema.parse(JSON.parse(answer.body.toString('utf8')));
  return { count: meta.count, next: meta.next_cursor ?? null, results, cached: answer.cached };
}

function listRequest({ path, filter, select, cursor, page = 1, fresh }: ListWish): AtlasRequest {
  const place: Record<string, string> = cursor === undefined ? { page: String(page) } : { cursor };
  return {
    service: 'openalex',
    method: 'GET',
    path,
    query: { filter, select, per_page: String(PAGE_SIZE), ...place },
    accept: 'json',
    fresh,
  };
}
