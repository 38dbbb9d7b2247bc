import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from '../dag/sql';
import { query, type Database } from './database';

/**
 * One row per service, shared by all workers of all machines: each caller books the next free moment and waits for it.
 * @param gapMilliseconds least time between two requests of a service
 */
export function createLimiter(database: Database, gapMilliseconds: Readonly<Record<string, number>>) {
  return {
    async wait(service: string, signal?: AbortSignal): Promise<void> {
      const gap = gapMilliseconds[service] ?? 0;
      if (gap === 0) return;
      for (;;) {
        const wait = await book(database, service, gap);
        if (wait <= 0) return;
        const due = performance.now() + wait;
        await sleep(wait, undefined, { signal });
        // Whoever overslept would go out together with the next ones: it books again.
        if (performance.now() - due <= gap) return;
      }
    },
    async penalty(service: string, milliseconds: number): Promise<void> {
      await query(
        database,
        sql`insert into store.rate as rate (service, next_at) values (${service}, clock_timestamp() + ${milliseconds}::float8 * interval '1 ms')
            on conflict (service) do update set next_at = greatest(rate.next_at, clock_timestamp() + ${milliseconds}::float8 * interval '1 ms')`,
      );
    },
  };
}

/** Takes the next free moment of a service. @returns milliseconds until then */
async function book(database: Database, service: string, gap: number): Promise<number> {
  const [row] = await query<{ wait: number }>(
    database,
    sql`insert into store.rate as rate (service, next_at) values (${service}, clock_timestamp() + ${gap}::float8 * interval '1 ms')
        on conflict (service) do update set next_at = greatest(rate.next_at, clock_timestamp()) + ${gap}::float8 * interval '1 ms'
        returning greatest(extract(epoch from rate.next_at - clock_timestamp()) * 1000 - ${gap}::float8, 0)::float8 as wait`,
  );
  return row!.wait;
}
