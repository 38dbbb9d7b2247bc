import { asCategories, asNumbers, requireColumn, type Column, type ModelData, type TextColumn } from './column';
import { readDesign, type Design, type Source } from './design';
import { parseFormula } from './formula';
import { ModelInputError } from './input-error';
import { allFinite, everyRow, gatherFloats, gatherInts, largestCount, noneMissing } from './loops';
import type { Drop, ModelSpec } from './model';

/** The columns of a model, read and checked, for the rows that have all of them. */
export interface ModelRows {
  readonly design: Design;
  readonly outcome: Float64Array;
  /** No outcome is larger. */
  readonly most: number;
  readonly offset: Float64Array | null;
  readonly group: TextColumn | null;
  readonly cluster: TextColumn | null;
  /** Index in the data of each row; null if these are all its rows. */
  readonly rows: Int32Array | null;
}

/**
 * Reads what a model needs from the data, and counts rows that lack something: one entry a column, each row at the first one that it lacks.
 * @throws ModelInputError for unknown columns, outcomes that are no counts, exposures not above zero, and data without a complete row
 */
export function readRows(data: ModelData, spec: ModelSpec): { read: ModelRows; missing: readonly Drop[] } {
  const formula = parseFormula(spec.formula);
  const se = typeof spec.se === 'object' ? spec.se.cluster : undefined;
  const outcome = asNumbers(formula.outcome, requireColumn(data, formula.outcome)).values;
  const covariates = [...formula.terms.flat().map((part) => part.column), ...formula.offsets];
  const names = [formula.outcome, ...covariates, spec.group, spec.exposure, se].filter((name) => name !== undefined);
  const used = new Map(names.map((name) => [name, requireColumn(data, name)]));
  if (data.rows === 0) throw new ModelInputError('Expected rows of data, got none. Look whether the table was filled.');
  const coded = new Map<Column, TextColumn>();
  const categories = (column: Column): TextColumn => {
    if (!coded.has(column)) coded.set(column, asCategories(column));
    return coded.get(column)!;
  };
  const byColumn = (name: string | undefined): TextColumn | null => (name === undefined ? null : categories(used.get(name)!));
  const read = { design: readDesign(data, formula, categories), outcome, offset: null, group: byColumn(spec.group), cluster: byColumn(se) };
  const counts = largestCount(outcome);
  const gaps = [...used].filter(([name, column]) => (name === formula.outcome ? counts === null : !isComplete(column, coded.get(column))));
  const { complete, missing } = completeRows(data.rows, new Map(gaps));
  if (spec.missing === 'refuse' && missing.length > 0) refuseMissing(used, data.rows);
  if (complete?.length === 0) refuseAll(data.rows, [...used.keys()]);
  const most = counts ?? checkOutcomes(formula.outcome, outcome, complete ?? everyRow(data.rows));
  const all = complete === null ? { ...read, most, rows: null } : selectRows({ ...read, most, rows: null }, complete);
  return { read: { ...all, offset: offsetOf(data, { exposure: spec.exposure, offsets: formula.offsets, rows: complete }) }, missing };
}

/** Some of the rows, by their index among them. */
export function selectRows({ design, outcome, most, offset, group, cluster, rows }: ModelRows, at: Int32Array): ModelRows {
  const column = (of: TextColumn | null): TextColumn | null => (of === null ? null : { ...of, codes: gatherInts(of.codes, at) });
  const chosen = column(group);
  return {
    design: { ...design, sources: design.sources.map((source) => selectSource(source, at)) },
    outcome: gatherFloats(outcome, at),
    most,
    offset: offset === null ? null : gatherFloats(offset, at),
    group: chosen,
    cluster: cluster === group ? chosen : column(cluster),
    rows: rows === null ? at : gatherInts(rows, at),
  };
}

function selectSource(source: Source, at: Int32Array): Source {
  if (source.kind === 'number') return { ...source, values: gatherFloats(source.values, at) };
  return { ...source, codes: gatherInts(source.codes, at) };
}

/** Whether no row lacks the column, told in the quickest way; an infinite number is looked at again. */
function isComplete(column: Column, coded: TextColumn | undefined): boolean {
  if (coded?.complete !== undefined) return coded.complete;
  return column.kind === 'number' ? allFinite(column.values) : noneMissing(column.codes);
}

function refuseAll(rows: number, used: readonly string[]): never {
  throw new ModelInputError(
    `Expected rows with every column of the model, got none of ${rows}: each lacks one of ${used.join(', ')}. Leave out the empty column.`,
  );
}

const isMissing = (column: Column, row: number): boolean =>
  column.kind === 'number' ? Number.isNaN(column.values[row]!) : column.codes[row]! < 0;

/** Column by column, each row at the first one that it lacks. @returns null for the rows if all are complete */
function completeRows(rows: number, used: ReadonlyMap<string, Column>): { complete: Int32Array | null; missing: readonly Drop[] } {
  if (used.size === 0) return { complete: null, missing: [] };
  const lacks = new Uint8Array(rows);
  const missing: Drop[] = [];
  let count = rows;
  for (const [name, column] of used) {
    const times = column.kind === 'number' ? markNaN(column.values, lacks) : markNegative(column.codes, lacks);
    if (times > 0) missing.push({ reason: 'missing', rows: times, names: [name] });
    count -= times;
  }
  if (count === rows) return { complete: null, missing };
  const complete = new Int32Array(count);
  for (let row = 0, at = 0; row < rows; row++) if (lacks[row] === 0) complete[at++] = row;
  return { complete, missing };
}

function markNaN(values: Float64Array, lacks: Uint8Array): number {
  let times = 0;
  for (let row = 0; row < values.length; row++) {
    if (values[row] === values[row] || lacks[row] === 1) continue;
    lacks[row] = 1;
    times++;
  }
  return times;
}

function markNegative(codes: Int32Array, lacks: Uint8Array): number {
  let times = 0;
  for (let row = 0; row < codes.length; row++) {
    if (codes[row]! >= 0 || lacks[row] === 1) continue;
    lacks[row] = 1;
    times++;
  }
  return times;
}

function refuseMissing(used: ReadonlyMap<string, Column>, rows: number): never {
  for (let row = 0; row < rows; row++) {
    for (const [name, column] of used) {
      if (isMissing(column, row))
        throw new ModelInputError(
          `Expected a value in column "${name}", got an empty cell (row ${row + 1}). Fill it in, or let such rows be dropped and counted.`,
        );
    }
  }
  throw new Error('Expected a missing value, got none.');
}

/** @returns the largest outcome */
function checkOutcomes(name: string, values: Float64Array, rows: Int32Array): number {
  let most = 0;
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at]!;
    const value = values[row]!;
    if (!(value >= 0 && value <= Number.MAX_SAFE_INTEGER && Math.floor(value) === value))
      throw new ModelInputError(
        `Expected a whole number from 0 on in the outcome "${name}", got ${value} (row ${row + 1}). Count models take counts: do not scale, round or difference them.`,
      );
    most = Math.max(most, value);
  }
  return most;
}

interface Offsets {
  readonly exposure: string | undefined;
  readonly offsets: readonly string[];
  /** Null: all rows of the data. */
  readonly rows: Int32Array | null;
}

/** What enters with coefficient 1: ln(exposure) and the offsets of the formula; null without any. */
function offsetOf(data: ModelData, { exposure, offsets, rows }: Offsets): Float64Array | null {
  if (exposure === undefined && offsets.length === 0) return null;
  const chosen = rows ?? everyRow(data.rows);
  const sum = new Float64Array(chosen.length);
  const valuesOf = (name: string): Float64Array => asNumbers(name, requireColumn(data, name)).values;
  if (exposure !== undefined) addLog(sum, { name: exposure, values: valuesOf(exposure), rows: chosen });
  for (const name of offsets) addFinite(sum, { name, values: valuesOf(name), rows: chosen });
  return sum;
}

interface Added {
  readonly name: string;
  readonly values: Float64Array;
  readonly rows: Int32Array;
}

function addLog(sum: Float64Array, { name, values, rows }: Added): void {
  for (let at = 0; at < rows.length; at++) {
    const value = values[rows[at]!]!;
    if (!(value > 0 && value < Infinity))
      throw new ModelInputError(
        `Expected an exposure above 0 in column "${name}", got ${value} (row ${rows[at]! + 1}). Leave the row out if nothing was at risk.`,
      );
    sum[at]! += Math.log(value);
  }
}

function addFinite(sum: Float64Array, { name, values, rows }: Added): void {
  for (let at = 0; at < rows.length; at++) {
    const value = values[rows[at]!]!;
    if (!Number.isFinite(value))
      throw new ModelInputError(
        `Expected a finite offset in column "${name}", got ${value} (row ${rows[at]! + 1}). Correct it, or leave the row out.`,
      );
    sum[at]! += value;
  }
}
