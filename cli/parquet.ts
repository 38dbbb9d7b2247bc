import { ByteWriter, ParquetWriter, type ColumnSource, type SchemaElement } from 'hyparquet-writer';
import type { Columns, ColumnType } from '../dag/columns';

type AnyRow = Readonly<Record<string, unknown>>;

/** Rows held at once, and the size of a row group. */
const ROWS_PER_GROUP = 50_000;

/**
 * Rows as one Parquet file, group by group, typed by the step's columns; lists are LIST, jsonb is JSON, every column may be null.
 * Column comments stand in the file's metadata under the column's name, and `synthetic` says so for invented data.
 */
export async function* rowsAsParquet(
  rows: AsyncIterable<AnyRow>,
  columns: Columns,
  { synthetic }: { synthetic: boolean },
): AsyncGenerator<Buffer> {
  const all: Columns = synthetic ? { ...columns, synthetic: ['boolean', 'true: invented data'] } : columns;
  const bytes = new ByteWriter();
  const schema = [
    { name: 'root', num_children: Object.keys(all).length },
    ...Object.entries(all).flatMap(([name, [type]]) => elements(name, type)),
  ];
  const kvMetadata = Object.entries(all).map(([key, [, value]]) => ({ key, value }));
  const file = new ParquetWriter({ writer: bytes, schema, kvMetadata, createdBy: 'research-atlas' });
  for await (const group of groupsOf(rows)) {
    await file.write({
      columnData: Object.entries(all).map(([name, [type]]) => columnOf(group, { name, type, synthetic })),
      rowGroupSize: ROWS_PER_GROUP,
    });
    yield taken(bytes);
  }
  await file.finish();
  yield taken(bytes);
}

async function* groupsOf(rows: AsyncIterable<AnyRow>): AsyncGenerator<AnyRow[]> {
  let group: AnyRow[] = [];
  for await (const row of rows) {
    group.push(row);
    if (group.length < ROWS_PER_GROUP) continue;
    yield group;
    group = [];
  }
  if (group.length > 0) yield group;
}

function columnOf(
  rows: readonly AnyRow[],
  { name, type, synthetic }: { name: string; type: ColumnType; synthetic: boolean },
): ColumnSource {
  const value = synthetic && name === 'synthetic' ? () => true : (row: AnyRow) => parquetValue(row[name], type);
  return { name, data: rows.map(value) };
}

function parquetValue(value: unknown, type: ColumnType): unknown {
  if (value === null || value === undefined) return null;
  if (type === 'bigint') return BigInt(value as number);
  return type === 'date' ? new Date(`${value as string}T00:00:00Z`) : value;
}

const SCALARS: Readonly<Record<string, Omit<SchemaElement, 'name'>>> = {
  smallint: { type: 'INT32', converted_type: 'INT_16' },
  integer: { type: 'INT32' },
  bigint: { type: 'INT64' },
  'double precision': { type: 'DOUBLE' },
  boolean: { type: 'BOOLEAN' },
  text: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  date: { type: 'INT32', converted_type: 'DATE' },
  jsonb: { type: 'BYTE_ARRAY', converted_type: 'JSON' },
};

/** A column in the words of the format; a list has three levels (Parquet, LogicalTypes, Lists). */
function elements(name: string, type: ColumnType): SchemaElement[] {
  if (!type.endsWith('[]')) return [{ name, ...SCALARS[type]!, repetition_type: 'OPTIONAL' }];
  return [
    { name, converted_type: 'LIST', repetition_type: 'OPTIONAL', num_children: 1 },
    { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
    { name: 'element', ...SCALARS[type.slice(0, -2)]!, repetition_type: 'OPTIONAL' },
  ];
}

/** What was written since last time. The writer goes on counting from the file's start. */
function taken(bytes: ByteWriter): Buffer {
  const part = Buffer.from(bytes.buffer.slice(0, bytes.index));
  bytes.index = 0;
  return part;
}
