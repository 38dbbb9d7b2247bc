import type { Json } from '../dag/canonical';
import { cutBatches, taskOfRow, taskOfValue, type BatchItem, type ShardSource, type ShardTask } from '../dag/shards';
import { identifier, raw, sql, type Relation, type Sql } from '../dag/sql';
import type { AnyStep } from '../dag/step';
import type { Database } from './database';
import { stream } from './input';
import { columnList, relationOf } from './relations';
import { readResult } from './results';

/** Cuts a step into its pieces of work, one after the other, reading the sealed inputs it is cut by. */
export async function* cutShards(
  database: Database,
  step: AnyStep,
  sources: readonly ShardSource[],
  inputs: Readonly<Record<string, { result: number }>>,
): AsyncGenerator<ShardTask> {
  for (const source of sources) {
    if (source.by === 'value') yield* source.names.map(taskOfValue);
    else yield* cutInput(database, step, source, inputs[source.input]!.result);
  }
}

type InputSource = Exclude<ShardSource, { by: 'value' }>;

async function* cutInput(database: Database, step: AnyStep, source: InputSource, result: number): AsyncGenerator<ShardTask> {
  const columns = step.inputs[source.input]!.output;
  const relation = relationOf(await readResult(database, result), columns);
  if (source.by === 'batch') return yield* cutBatches(source, stream<BatchItem>(database, itemsQuery(source, relation)));
  const text = sql`select ${raw(columnList(columns))} from ${relation} as input order by ${raw(identifier(source.name))}`;
  for await (const row of stream<Record<string, Json>>(database, text)) yield taskOfRow(source, row);
}

/** Each value of the column with the distinct rows behind it, sorted by value. */
function itemsQuery(source: Extract<InputSource, { by: 'batch' }>, relation: Relation): Sql {
  const column = raw(identifier(source.column));
  const others = raw(source.with.map((name) => `, ${identifier(name)}`).join(''));
  const text = raw(`jsonb_build_array(${source.with.map(identifier).join(', ')})`);
  return sql`select ${column} as value, jsonb_agg(${text} order by ${text}::text) as rows from (select distinct ${column}${others} from ${relation} as input where ${column} is not null) as found group by 1 order by 1`;
}
