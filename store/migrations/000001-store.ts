import type { Knex } from 'knex';

/** Results, shards, runs, requests and responses: what lies behind the views. Documented in docs/store.md. Never edited after release. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create schema if not exists store;
    create schema if not exists data;

    create table store.meta (
      database_id text primary key,
      created timestamptz not null default now()
    );

    create table store.code (
      digest text primary key,
      parts jsonb not null
    );

    create table store.run (
      id int generated always as identity primary key,
      study text not null,
      study_digest text not null,
      resolved jsonb not null,
      places jsonb not null,
      services jsonb,
      vintage text not null,
      options jsonb not null,
      trigger text not null,
      build text not null,
      workflow_id text not null,
      fingerprint text,
      status text not null check (status in ('running','paused','sleeping','blocked','done','failed','cancelled','lost')),
      message text,
      started timestamptz not null default now(),
      finished timestamptz
    );
    create unique index one_active_run_per_study on store.run (study) where status in ('running','paused','sleeping','blocked');

    create table store.result (
      id int generated always as identity primary key,
      step text not null,
      key text not null,
      key_text text not null,
      run int not null references store.run,
      forced boolean not null default false,
      state text not null default 'building' check (state in ('building','sealed')),
      relation text not null,
      sharded boolean not null,
      digest text,
      rows bigint,
      created timestamptz not null default now(),
      sealed timestamptz,
      seconds double precision,
      superseded_by int references store.result
    );
    create unique index one_current_result_per_key on store.result (key) where state = 'sealed' and superseded_by is null;
    create index result_of_step on store.result (step, sealed);

    create table store.shard (
      id int generated always as identity primary key,
      step text not null,
      shard_key text not null,
      generation int not null default 0,
      key_text text not null,
      task jsonb not null,
      relation text not null,
      state text not null default 'open' check (state in ('open','done')),
      cursor jsonb,
      rows bigint not null default 0,
      lanes numeric[],
      fence bigint not null default 0,
      owner text,
      lease_until timestamptz not null default 'epoch',
      attempts int not null default 0,
      run int,
      seconds double precision,
      finished timestamptz,
      unique (shard_key, generation)
    );
    create index shard_of_step on store.shard (step, finished);

    create table store.result_shard (
      result int not null references store.result on delete cascade,
      ordinal int not null,
      shard int not null references store.shard,
      primary key (result, ordinal)
    );
    create index results_of_shard on store.result_shard (shard);

    create table store.run_step (
      run int not null references store.run on delete cascade,
      step text not null,
      action text not null check (action in ('hit','ran','failed','blocked','skipped','waiting','running')),
      key text,
      cues jsonb not null default '[]',
      result int references store.result,
      shards_hit int not null default 0,
      started timestamptz,
      finished timestamptz,
      message text,
      primary key (run, step)
    );

    create table store.request (
      id bigint generated always as identity primary key,
      run int, step text, shard int,
      service text not null,
      canonical text not null,
      request_digest text not null,
      cached boolean not null,
      intended timestamptz not null default now(),
      completed timestamptz,
      status int, credits int, usd double precision, bytes bigint, rows bigint, error text
    );
    create index request_of_step on store.request (run, step);

    create table store.response (
      request_digest text not null,
      vintage text not null,
      service text not null,
      canonical text not null,
      status int not null,
      headers jsonb not null,
      blob text not null,
      bytes bigint not null,
      fetched timestamptz not null default now(),
      primary key (request_digest, vintage)
    );

    create table store.rate (
      service text primary key,
      next_at timestamptz not null default 'epoch'
    );
  `);
}

export async function down(): Promise<void> {
  throw new Error('Expected a way forward, got a way back. Restore a backup to return to an older schema.');
}
