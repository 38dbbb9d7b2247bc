import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { sql } from '../dag/sql';
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

/** Bytes by sha256, in two levels of folders. Written beside and renamed, so a file that is there is whole. */
export class BlobFolder {
  constructor(readonly folder: string) {}

  pathOf(digest: string): string {
    return path.join(this.folder, digest.slice(0, 2), digest.slice(2));
  }

  async put(bytes: Buffer): Promise<string> {
    const digest = createHash('sha256').update(bytes).digest('hex');
    // A damaged file is replaced, so that the next look finds it whole.
    if ((await this.read(digest)) !== null) return digest;
    const target = this.pathOf(digest);
    await mkdir(path.dirname(target), { recursive: true });
    const beside = `${target}.${randomBytes(4).toString('hex')}`;
    await writeFile(beside, bytes);
    await rename(beside, target);
    return digest;
  }

  /** Null when the blob is gone or its bytes are not those it was stored under. */
  async read(digest: string): Promise<Buffer | null> {
    const bytes = await readFile(this.pathOf(digest)).catch(() => null);
    if (bytes === null || createHash('sha256').update(bytes).digest('hex') !== digest) return null;
    return bytes;
  }
}

/** What services answered, by request and vintage: a rebuild of the same vintage sends nothing. */
export function createArchive(database: Database, blobs: BlobFolder, vintage: string) {
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
