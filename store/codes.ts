import type { Code } from '../dag/closure';
import { sql } from '../dag/sql';
import { query, type Database } from './database';

/** Keeps what each code digest was made of, so that a later run can say which file changed. */
export async function saveCodes(database: Database, codes: Iterable<Code>): Promise<void> {
  const list = [...codes];
  await query(
    database,
    sql`insert into store.code (digest, parts) select digest, parts from unnest(${list.map((code) => code.digest)}::text[], ${list.map((code) => JSON.stringify(code.parts))}::jsonb[]) as made(digest, parts)
        on conflict do nothing`,
  );
}
