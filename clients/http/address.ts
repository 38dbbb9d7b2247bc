import type { AtlasRequest } from './ports';

/** `/works/W1`, `/works/pmid:1`: one record, which is free, and which may be gone (404) or have moved (301, 302). */
export function isSingleRecord({ service, method, path }: AtlasRequest): boolean {
  return service === 'openalex' && method === 'GET' && /^\/[a-z]+\/[^/]/.test(path);
}
