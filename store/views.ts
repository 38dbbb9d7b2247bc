import type { PoolClient } from 'pg';
import { identifier } from '../dag/sql';
import type { AnyStep } from '../dag/step';
import { query, transaction, type Database } from './database';
import { sql } from '../dag/sql';
import { relationOf, snake } from './relations';
import { readResults } from './results';

export interface PublishedStep {
  readonly step: AnyStep;
  readonly result: number;
}

/** A reader that holds a view for longer makes the publication fail rather than hang. */
const LOCK_TIMEOUT = '10s';

/** Points the views of a study at a run, all in one transaction: `sample.lead_country` for the latest, `run_42.sample_lead_country` for this one. Without a prefix only the latter. */
export async function publishViews(database: Database, run: number, prefix: string | null, steps: readonly PublishedStep[]): Promise<void> {
  const rows = await readResults(
    database,
    steps.map(({ result }) => result),
  );
  const statements = steps.flatMap(({ step, result }) =>
    viewsOf(step, relationOf(rows.get(result)!, step.output).relation.text, { run, prefix }),
  );
  await transaction(database, async (client) => {
    await client.query(`set local lock_timeout = '${LOCK_TIMEOUT}'`);
    // One message: hundreds of small statements are mostly the way there and back.
    await client.query([`create schema if not exists run_${run}`, ...statements].join(';\n'));
    if (prefix !== null)
      await dropOthers(
        client,
        prefix,
        steps.map(({ step }) => step.id),
      );
  });
}

function viewsOf(step: AnyStep, relation: string, { run, prefix }: { run: number; prefix: string | null }): string[] {
  const own = makeView(`run_${run}.${identifier(snake(step.id))}`, relation, step);
  if (prefix === null) return own;
  const [stage, name] = step.id.split('/') as [string, string];
  const schema = identifier(`${prefix}${stage}`);
  return [`create schema if not exists ${schema}`, ...makeView(`${schema}.${identifier(snake(name))}`, relation, step), ...own];
}

function makeView(view: string, relation: string, step: AnyStep): string[] {
  const names = Object.keys(step.output).map(identifier).join(', ');
  const comments = Object.entries(step.output).map(
    ([name, [, comment]]) => `comment on column ${view}.${identifier(name)} is ${literal(comment)}`,
  );
  return [
    `drop view if exists ${view}`,
    `create view ${view} as select ${names} from ${relation} as rows`,
    `comment on view ${view} is ${literal(`${step.doc} [step ${step.id}]`)}`,
    ...comments,
  ];
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
