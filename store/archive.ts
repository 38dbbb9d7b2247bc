import { sql } from '../dag/sql';
import type { Blobs } from './blobs/blobs';
import { query, type Database } from './database';

export interface ArchivedResponse {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: Buffer;
  readonly digest: string;
}

export interface NewResponse extends ArchivedResponse {
  readonly requestDigest: string;
  readonly service: string;
  readonly canonical: string;
}

/** What services answered, by request and vintage: a rebuild of the same vintage sends nothing. */
export function createArchive(database: Database, blobs: Blobs, vintage: string) {
  return {
    async find(requestDigest: string): Promise<ArchivedResponse | null> {
      const [row] = await query<{ status: number; headers: Record<string, string>; blob: string }>(
        database,
        sql`select status, headers, blob from store.response where request_digest = ${requestDigest} and vintage = ${vintage}`,
      );
      if (row === undefined) return null;
      const body = await blobs.read(row.blob);
      return body === null ? null : { status: row.status, headers: row.headers, body, digest: row.blob };
    },
    async save({ requestDigest, service, canonical, status, headers, body }: NewResponse): Promise<void> {
      const blob = await blobs.put(body);
      await query(
        database,
        sql`insert into store.response (request_digest, vintage, service, canonical, status, headers, blob, bytes)
            values (${requestDigest}, ${vintage}, ${service}, ${canonical}, ${status}, ${JSON.stringify(headers)}, ${blob}, ${body.length})
            on conflict (request_digest, vintage) do update set blob = excluded.blob, status = excluded.status, headers = excluded.headers, bytes = excluded.bytes, fetched = clock_timestamp()`,
      );
    },
  };
}
