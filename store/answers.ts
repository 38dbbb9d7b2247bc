import { sql } from '../dag/sql';
import { query, type Database } from './database';

/** An answer of a service that rows were read from. */
export interface AnswerRead {
  readonly service: string;
  readonly canonical: string;
  /** Null for what is not kept in the archive. */
  readonly bytes: number | null;
  /** sha256 of the bytes, under which the archive keeps them. */
  readonly blob: string | null;
  readonly fetched: Date | null;
}

/** The answers behind a result, each once, whichever run asked for them and whether they came from the service or the archive. */
export async function requestsOf(database: Database, result: number): Promise<AnswerRead[]> {
  return query<AnswerRead>(
    database,
    sql`with asked as (
          select distinct on (request_digest) request_digest, run, service, canonical, bytes from store.request
          where shard in (select shard from store.result_shard where result = ${result}) and completed is not null and error is null
          order by request_digest, id desc)
        select asked.service, asked.canonical, coalesce(response.bytes, asked.bytes) as bytes, response.blob, response.fetched
        from asked join store.run on run.id = asked.run left join store.response on response.request_digest = asked.request_digest and response.vintage = run.vintage
        order by asked.canonical`,
  );
}
