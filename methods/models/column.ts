import { ModelInputError } from './input-error';
import { gatherFloats, gatherInts, recode } from './loops';

/** NaN: missing. */
export interface NumberColumn {
  readonly kind: 'number';
  readonly values: Float64Array;
}

/** Code −1: missing. Levels in ascending order: numbers by size, texts by code unit. */
export interface TextColumn {
  readonly kind: 'text';
  readonly codes: Int32Array;
  readonly levels: readonly string[];
  /** The first text (or id too long for a number) among numbers, if it has both: such a column is neither, unless read as categories. */
  readonly mixed?: { readonly row: number; readonly value: string };
  /** True if no code is known to be −1. */
  readonly complete?: boolean;
}

export type Column = NumberColumn | TextColumn;

/** Columns of one length, by name. */
export interface ModelData {
  readonly rows: number;
  readonly columns: ReadonlyMap<string, Column>;
}

/** Some rows of the data, in the order given; levels of text columns stay as they are. */
export function takeRows({ columns }: ModelData, rows: Int32Array): ModelData {
  const taken = [...columns].map(([name, column]): [string, Column] => [
    name,
    column.kind === 'number'
      ? { kind: 'number', values: gatherFloats(column.values, rows) }
      : { ...column, codes: gatherInts(column.codes, rows) },
  ]);
  return { rows: rows.length, columns: new Map(taken) };
}

/** Whole numbers below this are codes as they are. */
const SMALL = 1 << 16;

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

const isNumber = (cell: string): boolean => NUMBER.test(cell) && Number.isFinite(Number(cell));

/** Digits that a number cannot hold: read as one, different ids would become the same group. */
const isLongId = (cell: string): boolean => cell.length > 15 && /^\d+$/.test(cell) && !Number.isSafeInteger(Number(cell));

/** A column of text cells, as a CSV file has them: numbers if all are; an empty cell is missing. */
export function columnOfCells(cells: readonly string[]): Column {
  const trimmed = cells.map((cell) => cell.trim());
  const filled = trimmed.filter((cell) => cell !== '');
  const numeric = filled.filter(isNumber).length;
  if (numeric === filled.length && !filled.some(isLongId))
    return { kind: 'number', values: Float64Array.from(trimmed, (cell) => (cell === '' ? NaN : Number(cell))) };
  const column = textColumn(trimmed.map((cell) => (cell === '' ? null : cell)));
  if (numeric === 0) return column;
  const at = trimmed.findIndex((cell) => cell !== '' && (!isNumber(cell) || isLongId(cell)));
  return { ...column, mixed: { row: at + 1, value: trimmed[at] ?? '' } };
}

/** A column of values of one type; null is missing. Booleans become 1 and 0. */
export function columnOfValues(values: readonly (number | string | boolean | null)[]): Column {
  if (values.some((value) => typeof value === 'string')) return textColumn(values.map((value) => (value === null ? null : String(value))));
  return { kind: 'number', values: Float64Array.from(values, (value) => (value === null ? NaN : Number(value))) };
}

function textColumn(values: readonly (string | null)[]): TextColumn {
  const levels = [...new Set(values.filter((value) => value !== null))].sort();
  const code = new Map(levels.map((level, at) => [level, at]));
  return { kind: 'text', levels, codes: Int32Array.from(values, (value) => (value === null ? -1 : code.get(value)!)) };
}

/** The column read as categories: each distinct number is a level. */
export function asCategories(column: Column): TextColumn {
  if (column.kind === 'text') return column;
  return categoriesOfSmallIntegers(column.values) ?? categoriesOfNumbers(column.values);
}

function categoriesOfNumbers(values: Float64Array): TextColumn {
  const code = new Map<number, number>();
  const distinct = [...new Set(values)].filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
  for (const value of distinct) code.set(value, code.size);
  const codes = new Int32Array(values.length);
  for (let row = 0; row < codes.length; row++) codes[row] = code.get(values[row]!) ?? -1;
  return { kind: 'text', levels: distinct.map(String), codes };
}

/** Years, ids and the like. @returns null if they are something else */
function categoriesOfSmallIntegers(values: Float64Array): TextColumn | null {
  const found = smallIntegers(values);
  if (found === null) return null;
  const { codes, seen, size, complete } = found;
  const levels: string[] = [];
  const place = new Int32Array(size);
  for (let value = 0; value < size; value++) if (seen[value] === 1) place[value] = levels.push(String(value)) - 1;
  return { kind: 'text', levels, codes: levels.length === size ? codes : recode(codes, place), complete };
}

/** Small whole numbers as integers below `size`, and which of them there are; NaN is −1. @returns null if there is anything else */
export function smallIntegers(values: Float64Array): { codes: Int32Array; seen: Uint8Array; size: number; complete: boolean } | null {
  const codes = new Int32Array(values.length);
  const seen = new Uint8Array(SMALL);
  let most = -1;
  let complete = true;
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    const whole = value | 0;
    if (whole === value && whole >= 0 && whole < SMALL) {
      if (whole > most) most = whole;
      seen[whole] = 1;
      codes[row] = whole;
    } else if (value === value) return null;
    else {
      codes[row] = -1;
      complete = false;
    }
  }
  return { codes, seen, size: most + 1, complete };
}

/** The column read as numbers. @throws ModelInputError naming the row of the first text */
export function asNumbers(name: string, column: Column): NumberColumn {
  if (column.kind === 'number') return column;
  const row = column.mixed?.row ?? column.codes.findIndex((code) => code >= 0) + 1;
  const value = column.mixed?.value ?? column.levels[column.codes[row - 1]!];
  throw new ModelInputError(
    `Expected a number in column "${name}", got "${value}" (row ${row}). Correct it, or leave the cell empty if the value is missing.`,
  );
}

/** A named column. @throws ModelInputError listing the columns there are */
export function requireColumn(data: ModelData, name: string): Column {
  const column = data.columns.get(name);
  if (column !== undefined) return column;
  throw new ModelInputError(`Expected a column of the data, got "${name}". There are: ${[...data.columns.keys()].join(', ')}.`);
}
