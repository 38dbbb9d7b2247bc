import type { Json } from '../dag/canonical';
import { cutBatches, taskOfRow, taskOfValue, type BatchItem, type ShardSource, type ShardTask } from '../dag/shards';
import { identifier, raw, sql, type Relation } from '../dag/sql';
import type { AnyStep } from '../dag/step';
import type { Database } from './database';
import { query } from './database';
import { stream } from './input';
import { columnList, relationOf } from './relations';
import { readResult } from './results';

/** Cuts a step into its pieces of work, reading the sealed inputs it is cut by. */
export async function cutShards(
  database: Database,
  step: AnyStep,
  sources: readonly ShardSource[],
  inputs: Readonly<Record<string, { result: number }>>,
): Promise<ShardTask[]> {
  const tasks: ShardTask[] = [];
  for (const source of sources) {
    if (source.by === 'value') tasks.push(...source.names.map(taskOfValue));
    else tasks.push(...(await cutInput(database, step, source, inputs[source.input]!.result)));
  }
  return tasks;
}

type InputSource = Exclude<ShardSource, { by: 'value' }>;

async function cutInput(database: Database, step: AnyStep, source: InputSource, result: number): Promise<ShardTask[]> {
  const columns = step.inputs[source.input]!.output;
  const relation = relationOf(await readResult(database, result), columns);
  if (source.by === 'row') {
    const rows = await query<Record<string, Json>>(
      database,
      sql`select ${raw(columnList(columns))} from ${relation} as input order by ${raw(identifier(source.name))}`,
    );
    return rows.map((row) => taskOfRow(source, row));
  }
  return cutBatches(source, await batchItems(database, source, relation));
}

/** Each value of the column with the distinct rows behind it, sorted by value. */
async function batchItems(database: Database, source: Extract<InputSource, { by: 'batch' }>, relation: Relation): Promise<BatchItem[]> {
  const column = raw(identifier(source.column));
  const others = raw(source.with.map((name) => `, ${identifier(name)}`).join(''));
  const text = raw(`jsonb_build_array(${source.with.map(identifier).join(', ')})`);
  const items: BatchItem[] = [];
  const rows = stream<BatchItem>(
    database,
    sql`select ${column} as value, jsonb_agg(${text} order by ${text}::text) as rows from (select distinct ${column}${others} from ${relation} as input where ${column} is not null) as found group by 1 order by 1`,
  );
  for await (const row of rows) items.push(row);
  return items;
}
