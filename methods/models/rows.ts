import { asCategories, asNumbers, requireColumn, type Column, type ModelData, type TextColumn } from './column';
import { readDesign, type Design } from './design';
import { parseFormula } from './formula';
import { ModelInputError } from './input-error';
import type { Drop, ModelSpec } from './model';

/** The columns of a model, read and checked, with the rows that have all of them. */
export interface ModelRows {
  readonly design: Design;
  readonly outcome: Float64Array;
  readonly offset: Float64Array | null;
  readonly group: TextColumn | null;
  readonly cluster: TextColumn | null;
  readonly complete: Int32Array;
  /** One entry a column, each row at the first column that it lacks. */
  readonly missing: readonly Drop[];
}

/**
 * Reads what a model needs from the data.
 * @throws ModelInputError for unknown columns, outcomes that are no counts, exposures not above zero, and data without a complete row
 */
export function readRows(data: ModelData, spec: ModelSpec): ModelRows {
  const formula = parseFormula(spec.formula);
  const se = typeof spec.se === 'object' ? spec.se.cluster : undefined;
  const outcomeColumn = asNumbers(formula.outcome, requireColumn(data, formula.outcome));
  const covariates = [...formula.terms.flat().map((part) => part.column), ...formula.offsets];
  const names = [formula.outcome, ...covariates, spec.group, spec.exposure, se];
  const used = new Map(names.filter((name) => name !== undefined).map((name) => [name, requireColumn(data, name)]));
  const { complete, missing } = completeRows(data.rows, used);
  if (spec.missing === 'refuse' && missing.length > 0) refuseMissing(used, data.rows);
  if (complete.length === 0) refuseNone(data.rows, [...used.keys()]);
  checkOutcomes(formula.outcome, outcomeColumn.values, complete);
  return {
    ...{ design: readDesign(data, formula), outcome: outcomeColumn.values, complete, missing },
    offset: offsetOf(data, { exposure: spec.exposure, offsets: formula.offsets, rows: complete }),
    group: spec.group === undefined ? null : asCategories(used.get(spec.group)!),
    cluster: se === undefined ? null : asCategories(used.get(se)!),
  };
}

function refuseNone(rows: number, used: readonly string[]): never {
  if (rows === 0) throw new ModelInputError('Expected rows of data, got none. Look whether the table was filled.');
  throw new ModelInputError(
    `Expected rows with every column of the model, got none of ${rows}: each lacks one of ${used.join(', ')}. Leave out the empty column.`,
  );
}

const isMissing = (column: Column, row: number): boolean =>
  column.kind === 'number' ? Number.isNaN(column.values[row]!) : column.codes[row]! < 0;

/** Column by column, as the engine compiles that best; each row at the first column that it lacks. */
function completeRows(rows: number, used: ReadonlyMap<string, Column>): { complete: Int32Array; missing: readonly Drop[] } {
  const lacks = new Uint8Array(rows);
  const missing: Drop[] = [];
  let count = rows;
  for (const [name, column] of used) {
    const times = column.kind === 'number' ? markNaN(column.values, lacks) : markNegative(column.codes, lacks);
    if (times > 0) missing.push({ reason: 'missing', rows: times, names: [name] });
    count -= times;
  }
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

function checkOutcomes(name: string, values: Float64Array, rows: Int32Array): void {
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at]!;
    const value = values[row]!;
    if (!(value >= 0 && value <= Number.MAX_SAFE_INTEGER && Math.floor(value) === value))
      throw new ModelInputError(
        `Expected a whole number from 0 on in the outcome "${name}", got ${value} (row ${row + 1}). Count models take counts: do not scale, round or difference them.`,
      );
  }
}

/** What enters with coefficient 1: ln(exposure) and the offsets of the formula; null without any. */
function offsetOf(
  data: ModelData,
  { exposure, offsets, rows }: { exposure: string | undefined; offsets: readonly string[]; rows: Int32Array },
): Float64Array | null {
  if (exposure === undefined && offsets.length === 0) return null;
  const sum = new Float64Array(data.rows);
  if (exposure !== undefined) addLog(sum, { name: exposure, column: requireColumn(data, exposure), rows });
  for (const name of offsets) addFinite(sum, { name, column: requireColumn(data, name), rows });
  return sum;
}

interface Added {
  readonly name: string;
  readonly column: Column;
  readonly rows: Int32Array;
}

function addLog(sum: Float64Array, { name, column, rows }: Added): void {
  const { values } = asNumbers(name, column);
  for (const row of rows) {
    if (!(values[row]! > 0) || !Number.isFinite(values[row]!))
      throw new ModelInputError(
        `Expected an exposure above 0 in column "${name}", got ${values[row]} (row ${row + 1}). Leave the row out if nothing was at risk.`,
      );
    sum[row]! += Math.log(values[row]!);
  }
}

function addFinite(sum: Float64Array, { name, column, rows }: Added): void {
  const { values } = asNumbers(name, column);
  for (const row of rows) {
    if (!Number.isFinite(values[row]!))
      throw new ModelInputError(
        `Expected a finite offset in column "${name}", got ${values[row]} (row ${row + 1}). Correct it, or leave the row out.`,
      );
    sum[row]! += values[row]!;
  }
}
