import type { PoolClient } from 'pg';
import { identifier } from '../dag/sql';
import type { AnyStep } from '../dag/step';
import { query, transaction, type Database } from './database';
import { sql } from '../dag/sql';
import { relationOf, snake } from './relations';
import { readResult } from './results';

export interface PublishedStep {
  readonly step: AnyStep;
  readonly result: number;
}

/** A reader that holds a view for longer makes the publication fail rather than hang. */
const LOCK_TIMEOUT = '10s';

/** Points the views of a study at a run, all in one transaction: `sample.lead_country` for the latest, `run_42.sample_lead_country` for this one. Without a prefix only the latter. */
export async function publishViews(database: Database, run: number, prefix: string | null, steps: readonly PublishedStep[]): Promise<void> {
  const results = await Promise.all(steps.map(async ({ step, result }) => ({ step, row: await readResult(database, result) })));
  await transaction(database, async (client) => {
    await client.query(`set local lock_timeout = '${LOCK_TIMEOUT}'`);
    await client.query(`create schema if not exists run_${run}`);
    for (const { step, row } of results) {
      const [stage, name] = step.id.split('/') as [string, string];
      const { relation } = relationOf(row, step.output);
      if (prefix !== null) {
        const schema = identifier(`${prefix}${stage}`);
        await client.query(`create schema if not exists ${schema}`);
        await makeView(client, `${schema}.${identifier(snake(name))}`, relation.text, step);
      }
      await makeView(client, `run_${run}.${identifier(snake(step.id))}`, relation.text, step);
    }
    if (prefix !== null)
      await dropOthers(
        client,
        prefix,
        steps.map(({ step }) => step.id),
      );
  });
}

async function makeView(client: PoolClient, view: string, relation: string, step: AnyStep): Promise<void> {
  await client.query(`drop view if exists ${view}`);
  const names = Object.keys(step.output).map(identifier).join(', ');
  await client.query(`create view ${view} as select ${names} from ${relation} as rows`);
  await client.query(`comment on view ${view} is ${literal(`${step.doc} [step ${step.id}]`)}`);
  for (const [name, [, comment]] of Object.entries(step.output))
    await client.query(`comment on column ${view}.${identifier(name)} is ${literal(comment)}`);
}

/** Views of steps that the program no longer has; known by what their comment ends with, so that a user's own views stay. */
async function dropOthers(client: PoolClient, prefix: string, steps: readonly string[]): Promise<void> {
  const views = await query<{ name: string; step: string }>(
    client,
    sql`select format('%I.%I', nspname, relname) as name, substring(obj_description(pg_class.oid) from '\\[step ([a-z/0-9-]+)\\]$') as step
        from pg_class join pg_namespace on pg_namespace.oid = relnamespace
        where relkind = 'v' and obj_description(pg_class.oid) ~ '\\[step [a-z/0-9-]+\\]$'`,
  );
  const gone = views.filter(({ name, step }) => !steps.includes(step) && name === viewName(prefix, step));
  for (const { name } of gone) await client.query(`drop view ${name}`);
}

function viewName(prefix: string, step: string): string {
  const [stage, name] = step.split('/') as [string, string];
  return `${prefix}${stage}.${snake(name)}`;
}

/** Comments take no parameters. */
function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** The first study of a database has the plain schema names, others `<study>__sample`. */
export async function schemaPrefix(database: Database, study: string): Promise<string> {
  const [first] = await query<{ study: string }>(database, sql`select study from store.run order by id limit 1`);
  return first === undefined || first.study === study ? '' : `${study.replaceAll('-', '_')}__`;
}
