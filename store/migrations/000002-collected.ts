import type { Knex } from 'knex';

/** Results whose rows were freed, and runs that are kept whatever comes. Never edited after release. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table store.run add column pinned boolean not null default false;
    alter table store.result drop constraint result_state_check;
    alter table store.result add constraint result_state_check check (state in ('building','sealed','collected'));
  `);
}

export async function down(): Promise<void> {
  throw new Error('Expected a way forward, got a way back. Restore a backup to return to an older schema.');
}
