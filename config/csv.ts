import { readFileSync } from 'node:fs';
import { CsvError, parse } from 'csv-parse/sync';
import type { z } from 'zod';
import { InputError } from './input-error';

interface RowRule<Row> {
  row: z.ZodType<Row>;
  /** What may occur once in the file. */
  id: (row: Row) => string;
  delimiter?: string;
}

interface Line {
  record: Record<string, string>;
  /** Where the record ends: the same line, unless a cell holds line breaks. */
  line: number;
}

/**
 * Reads a small table with a header line. Lists every line at fault, not only the first.
 * @throws InputError with file, line and column name
 */
export function readCsv<Row>(file: string, { row, id, delimiter = ',' }: RowRule<Row>): Row[] {
  const seen = new Map<string, number>();
  const problems: string[] = [];
  const rows = readLines(file, delimiter).flatMap(({ record, line }) => {
    const parsed = row.safeParse(record);
    if (!parsed.success) {
      problems.push(...parsed.error.issues.map((issue) => cellProblem(issue, { file, line, record })));
      return [];
    }
    const first = seen.get(id(parsed.data));
    if (first !== undefined)
      problems.push(`Expected each id once, got ${id(parsed.data)} again (${file}:${line}, first on line ${first}).`);
    seen.set(id(parsed.data), line);
    return [parsed.data];
  });
  if (problems.length > 0) throw new InputError(`${problems.join('\n')} Correct the table.`);
  return rows;
}

function readLines(file: string, delimiter: string): Line[] {
  try {
    const rows = parse(readFileSync(file, 'utf8'), { columns: true, delimiter, bom: true, skip_empty_lines: true, info: true });
    return (rows as unknown as { record: Record<string, string>; info: { lines: number } }[]).map(({ record, info }) => ({
      record,
      line: info.lines,
    }));
  } catch (error) {
    const why = error instanceof CsvError ? error.message : readingProblem(error);
    throw new InputError(`Expected a CSV table with a header line, got: ${why} (${file}). Correct the table or the path.`, {
      cause: error,
    });
  }
}

function readingProblem(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === undefined) throw error;
  return code === 'ENOENT' ? 'no such file' : code;
}

function cellProblem(issue: z.core.$ZodIssue, { file, line, record }: Line & { file: string }): string {
  if (issue.code === 'unrecognized_keys') {
    return `Expected the columns of this table only, got ${issue.keys.join(', ')} (${file}:${line}).`;
  }
  const column = String(issue.path[0]);
  const cell = record[column];
  const got = cell === undefined ? 'no such column' : JSON.stringify(cell);
  return `Expected ${rule(issue)} in column ${column}, got ${got} (${file}:${line}).`;
}

function rule(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_value') return `one of ${issue.values.join(', ')}`;
  if (issue.code === 'too_small') return 'some text';
  if (issue.code === 'invalid_type') return 'text';
  return issue.message;
}
