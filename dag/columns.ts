import type { Json } from './canonical';

export type ColumnType =
  'smallint' | 'integer' | 'bigint' | 'double precision' | 'boolean' | 'text' | 'date' | 'jsonb' | 'text[]' | 'smallint[]' | 'integer[]';

/** A column is its Postgres type and one line that says what it holds, with its unit or source. */
export type Column<T extends ColumnType = ColumnType> = readonly [type: T, comment: string];

export type Columns = Readonly<Record<string, Column>>;

type Value<T extends ColumnType> = T extends 'smallint' | 'integer' | 'bigint' | 'double precision'
  ? number
  : T extends 'boolean'
    ? boolean
    : T extends 'jsonb'
      ? Json
      : T extends 'text[]'
        ? readonly string[]
        : T extends 'smallint[]' | 'integer[]'
          ? readonly number[]
          : string;

/** A row of a step's output, as TypeScript sees it. */
export type Row<C extends Columns> = { readonly [K in keyof C]: Value<C[K][0]> | null };
