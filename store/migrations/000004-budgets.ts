import type { Knex } from 'knex';

/** What is spent of the budgets of a study. Documented in docs/store.md. Never edited after release. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table store.request add column price int not null default 0;
    create index request_of_shard on store.request (shard) where shard is not null;

    create table store.spending (
      scope text primary key,
      credits bigint not null,
      most bigint,
      constraint within_budget check (credits <= most)
    );
  `);
}

export async function down(): Promise<void> {
  throw new Error('Expected a way forward, got a way back. Restore a backup to return to an older schema.');
}
