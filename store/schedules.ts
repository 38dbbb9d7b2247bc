import type { Json } from '../dag/canonical';
import { sql } from '../dag/sql';
import { query, type Database } from './database';
import type { RunRow } from './runs';

/** The rebuild that a schedule starts: the study as it was resolved when the schedule was made. When it is started is Temporal's affair. */
export interface ScheduleRow {
  readonly study: string;
  readonly cron: string;
  readonly study_digest: string;
  readonly resolved: Json;
  readonly places: Readonly<Record<string, string>>;
  readonly services: RunRow['services'];
  /** A name, or a pattern with `{yyyy}`, `{mm}` and `{dd}`. */
  readonly vintage: string;
  readonly offline: boolean;
  readonly build: string;
}

export async function saveSchedule(database: Database, row: ScheduleRow): Promise<void> {
  await query(
    database,
    sql`insert into store.schedule (study, cron, study_digest, resolved, places, services, vintage, offline, build)
        values (${row.study}, ${row.cron}, ${row.study_digest}, ${JSON.stringify(row.resolved)}::jsonb, ${JSON.stringify(row.places)}::jsonb, ${JSON.stringify(row.services)}::jsonb, ${row.vintage}, ${row.offline}, ${row.build})
        on conflict (study) do update set cron = excluded.cron, study_digest = excluded.study_digest, resolved = excluded.resolved, places = excluded.places,
          services = excluded.services, vintage = excluded.vintage, offline = excluded.offline, build = excluded.build, made = clock_timestamp()`,
  );
}

export async function readSchedule(database: Database, study: string): Promise<ScheduleRow | null> {
  const [row] = await query<ScheduleRow>(
    database,
    sql`select study, cron, study_digest, resolved, places, services, vintage, offline, build from store.schedule where study = ${study}`,
  );
  return row ?? null;
}

/** @returns false when there was none */
export async function dropSchedule(database: Database, study: string): Promise<boolean> {
  return (await query(database, sql`delete from store.schedule where study = ${study} returning study`)).length > 0;
}
