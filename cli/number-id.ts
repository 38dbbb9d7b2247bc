import type { Json } from '../dag/canonical';
import { nearest } from '../config/nearest';
import { tablesOf } from '../activities/reading/published';
import type { Graph } from '../dag/graph';
import { identifier } from '../dag/sql';
import { query, type Database } from '../store/database';
import { snake } from '../store/relations';
import { CommandError } from './failure';
import { requireStep } from './plan-of';

/** A number of a run, and the rows of the step it stands in. */
export interface NumberRows {
  readonly step: string;
  readonly value: Json;
  readonly rows: readonly Readonly<Record<string, Json>>[];
  /** Inputs of the step that this number is counted from; null when it is counted from all. */
  readonly tables: readonly string[] | null;
}

/**
 * Finds a number by its id: one of published-numbers.csv (blanks as `-`), or `atlas/country-totals?country=US#articles`.
 * @throws CommandError (exit 2) for an id that names nothing
 */
export async function numberOf(database: Database, run: number, graph: Graph, id: string): Promise<NumberRows> {
  return id.includes('/') ? tableNumber(database, run, graph, id) : publishedNumber(database, run, id);
}

async function publishedNumber(database: Database, run: number, id: string): Promise<NumberRows> {
  const rows = await query<Record<string, Json>>(database, {
    text: `select * from run_${run}.report_drift where replace(id, ' ', '-') = replace($1, ' ', '-')`,
    values: [id],
  });
  if (rows[0] === undefined) throw await noSuchNumber(database, run, id);
  return { step: 'report/drift', value: rows[0]['rebuilt'] ?? null, rows, tables: tablesOf(String(rows[0]['id'])) };
}

async function noSuchNumber(database: Database, run: number, id: string): Promise<CommandError> {
  const known = await query<{ id: string }>(database, {
    text: `select replace(id, ' ', '-') as id from run_${run}.report_drift`,
    values: [],
  });
  const near = nearest(
    id.replaceAll(' ', '-'),
    known.map((row) => row.id),
  );
  const advice = near === undefined ? 'atlas export --table report.drift lists the published ones.' : `Did you mean ${near}?`;
  return new CommandError(
    `Expected the id of a published number or a table's number such as atlas/country-totals?country=US#articles, got "${id}". ${advice}`,
    2,
  );
}

async function tableNumber(database: Database, run: number, graph: Graph, id: string): Promise<NumberRows> {
  const { step, wanted, column } = parsed(id);
  requireStep(graph, step);
  const columns = Object.keys(graph.byId.get(step)!.output);
  for (const name of [...wanted.map(([key]) => key), ...(column === '' ? [] : [column])]) {
    if (!columns.includes(name))
      throw new CommandError(`Expected a column of ${step}, got "${name}" (${id}). It has: ${columns.join(', ')}.`, 2);
  }
  const where = wanted.map(([name], index) => `coalesce(${identifier(name)}::text, '') = $${index + 1}`).join(' and ');
  const rows = await query<Record<string, Json>>(database, {
    text: `select * from run_${run}.${snake(step)}${where === '' ? '' : ` where ${where}`}`,
    values: wanted.map(([, value]) => value),
  });
  if (rows.length === 0)
    throw new CommandError(
      `Expected rows of ${step} for ${id}, got none. Look at the table with atlas export --table ${step.replace('/', '.').replaceAll('-', '_')}.`,
      2,
    );
  return { step, value: valueOf(rows, column), rows, tables: null };
}

/** `step?column=value&…#column`, percent-encoded. */
function parsed(id: string): { step: string; wanted: [string, string][]; column: string } {
  try {
    const url = new URL(`atlas:${id}`);
    return { step: url.pathname, wanted: [...url.searchParams], column: decodeURIComponent(url.hash.slice(1)) };
  } catch {
    throw new CommandError(`Expected a number such as atlas/country-totals?country=US#articles, got "${id}".`, 2);
  }
}

/** The cell, or the sum over the rows; without a column the count of rows. */
function valueOf(rows: readonly Readonly<Record<string, Json>>[], column: string): Json {
  if (column === '') return rows.length;
  const cells = rows.map((row) => row[column] ?? null);
  if (cells.length === 1) return cells[0]!;
  return cells.every((cell) => typeof cell === 'number') ? cells.reduce((sum, cell) => sum + cell, 0) : rows.length;
}
