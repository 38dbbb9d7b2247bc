import type { Columns, Row } from '../dag/columns';
import { raw, sql, type Sql } from '../dag/sql';
import type { AnyStep, InputTable } from '../dag/step';
import type { Database } from './database';
import { columnList, relationOf } from './relations';
import type { ResultRow } from './results';

const ROWS_PER_FETCH = 2_000;

/** A sealed result as a step reads it: named in SQL, or row by row through a cursor so that any size fits. */
export function inputTable<C extends Columns>(database: Database, step: AnyStep, result: ResultRow): InputTable<C> {
  const { relation } = relationOf(result, step.output);
  const list = raw(columnList(step.output));
  return {
    step: step.id,
    digest: result.digest ?? '',
    relation,
    rows: (where?: Sql) =>
      stream<Row<C>>(
        database,
        where === undefined
          ? sql`select ${list} from ${{ relation }} as input`
          : sql`select ${list} from ${{ relation }} as input where ${where}`,
      ),
  };
}

/** Reads a query through a server-side cursor. */
export async function* stream<T>({ pool }: Database, { text, values }: Sql): AsyncGenerator<T> {
  const client = await pool.connect();
  try {
    await client.query('begin read only');
    await client.query(`declare reading no scroll cursor for ${text}`, [...values]);
    for (;;) {
      const { rows } = await client.query(`fetch ${ROWS_PER_FETCH} from reading`);
      yield* rows as T[];
      if (rows.length < ROWS_PER_FETCH) return;
    }
  } finally {
    await client.query('rollback').then(
      () => client.release(),
      () => client.release(true),
    );
  }
}
