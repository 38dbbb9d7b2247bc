import type { Knex } from 'knex';

/**
 * The hand on the wheel: which workflow execution drives a run, runs of chosen steps only, plans remembered by fingerprint, and the
 * rebuild that a schedule starts. Documented in docs/store.md. Never edited after release.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table store.run add column execution text;
    alter table store.run add column partial boolean not null default false;
    alter table store.run_step add column until timestamptz;

    create table store.plan (
      study text not null,
      fingerprint text not null,
      steps jsonb not null,
      made timestamptz not null default now(),
      primary key (study, fingerprint)
    );

    create table store.schedule (
      study text primary key,
      cron text not null,
      study_digest text not null,
      resolved jsonb not null,
      places jsonb not null,
      services jsonb,
      vintage text not null,
      offline boolean not null default false,
      build text not null,
      made timestamptz not null default now()
    );
  `);
}

export async function down(): Promise<void> {
  throw new Error('Expected a way forward, got a way back. Restore a backup to return to an older schema.');
}
