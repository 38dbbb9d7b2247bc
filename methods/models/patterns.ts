import { smallIntegers } from './column';
import type { Design, Source } from './design';

/** Distinct combinations of covariates with their design rows, sparse: row p has `values[k]` in `columns[k]`, which ascend, k = start[p] … start[p+1]−1. */
export interface Patterns {
  readonly count: number;
  readonly names: readonly string[];
  readonly start: Int32Array;
  readonly columns: Int32Array;
  readonly values: Float64Array;
  /** ln(exposure); all zero without one. */
  readonly offset: Float64Array;
  /** What was taken from a column and divided out of it, to keep the fit well scaled: value = (original − centre) / scale. */
  readonly centre: Float64Array;
  readonly scale: Float64Array;
}

/** A term with its levels numbered: the column of a combination of levels, −1 for a base level. */
interface Block {
  readonly numbers: readonly Float64Array[];
  readonly factors: readonly { readonly codes: Int32Array; readonly size: number }[];
  readonly column: Int32Array;
  readonly from: number;
  readonly to: number;
}

export interface CodedRows {
  /** Pattern of each row. */
  readonly ids: Int32Array;
  /** The first row of each pattern. */
  readonly example: Int32Array;
}

/** Numbers the distinct combinations of covariates (and exposure) of the rows, in order of appearance. */
export function codeRows(sources: readonly Source[], rows: number): CodedRows {
  const ids = new Int32Array(rows);
  let example: Int32Array = Int32Array.from(rows === 0 ? [] : [0]);
  for (const source of sources) {
    const column = source.kind === 'factor' ? { codes: source.codes, size: source.levels.length } : codesOf(source.values);
    const keys = example.length * column.size;
    example = keys <= TABLE * rows + 4096 ? numberInTable(ids, { ...column, keys }) : numberInMap(ids, column);
  }
  return { ids, example };
}

/** Up to so many combinations for each row a table numbers them; beyond, a map. */
const TABLE = 8;

interface Refinement {
  readonly codes: Int32Array;
  readonly size: number;
}

/** Refines ids by one more column, in place. @returns the first row of each */
function numberInTable(ids: Int32Array, { codes, size, keys }: Refinement & { keys: number }): Int32Array {
  const table = new Int32Array(keys);
  const example = new Int32Array(Math.min(keys, ids.length));
  let next = 0;
  for (let row = 0; row < ids.length; row++) {
    const key = ids[row]! * size + codes[row]!;
    let known = table[key]!;
    if (known === 0) {
      example[next] = row;
      known = table[key] = ++next;
    }
    ids[row] = known - 1;
  }
  return example.slice(0, next);
}

function numberInMap(ids: Int32Array, { codes, size }: Refinement): Int32Array {
  const map = new Map<number, number>();
  const example = new Int32Array(ids.length);
  for (let row = 0; row < ids.length; row++) {
    const key = ids[row]! * size + codes[row]!;
    const known = map.get(key);
    if (known === undefined) {
      example[map.size] = row;
      map.set(key, map.size);
    }
    ids[row] = known ?? map.size - 1;
  }
  return example.slice(0, map.size);
}

function codesOf(values: Float64Array): Refinement {
  const small = smallIntegers(values);
  if (small !== null) return small;
  const seen = new Map<number, number>();
  const codes = new Int32Array(values.length);
  for (let row = 0; row < values.length; row++) {
    let code = seen.get(values[row]!);
    if (code === undefined) seen.set(values[row]!, (code = seen.size));
    codes[row] = code;
  }
  return { codes, size: seen.size };
}

/**
 * Writes the design row of each pattern. Levels that no pattern has get no column.
 * @param constant whether there is a column `(Intercept)`: not where group effects absorb it
 */
export function expand(
  design: Design,
  coded: CodedRows,
  { offset, constant }: { offset: Float64Array | null; constant: boolean },
): Patterns {
  const names: string[] = constant ? ['(Intercept)'] : [];
  const blocks = design.terms.map(({ parts }) => blockOf(design, parts, { rows: coded.example, names }));
  const { example } = coded;
  const start = new Int32Array(example.length + 1);
  const width = blocks.length + (constant ? 1 : 0);
  const columns = new Int32Array(example.length * width);
  const values = new Float64Array(example.length * width);
  let end = 0;
  for (let p = 0; p < example.length; p++) {
    if (constant) {
      columns[end] = 0;
      values[end++] = 1;
    }
    for (let at = 0; at < blocks.length; at++) {
      const block = blocks[at]!;
      const column = block.column[levelOf(block, example[p]!)]!;
      if (column < 0) continue;
      columns[end] = column;
      let value = 1;
      for (const numbers of block.numbers) value *= numbers[example[p]!]!;
      values[end++] = value;
    }
    start[p + 1] = end;
  }
  const own = { start, columns: columns.subarray(0, end), values: values.subarray(0, end), names, count: example.length };
  const logExposure = Float64Array.from(example, (row) => offset?.[row] ?? 0);
  return { ...own, offset: logExposure, ...standardise(own, blocks) };
}

function levelOf({ factors }: Pick<Block, 'factors'>, row: number): number {
  let level = 0;
  for (let at = 0; at < factors.length; at++) level = level * factors[at]!.size + factors[at]!.codes[row]!;
  return level;
}

/** Marks a combination of levels that occurs, until it has a column. */
const PRESENT = -2;

function blockOf(
  { sources }: Design,
  parts: readonly { source: number; contrasts: boolean }[],
  { rows, names }: { rows: Int32Array; names: string[] },
): Block {
  const numbers: Float64Array[] = [];
  const factors: { codes: Int32Array; size: number; base: number }[] = [];
  for (const { source, contrasts } of parts) {
    const found = sources[source]!;
    if (found.kind === 'number') numbers.push(found.values);
    else factors.push({ codes: found.codes, size: found.levels.length, base: contrasts ? baseOf(found, rows) : -1 });
  }
  const column = new Int32Array(factors.reduce((size, factor) => size * factor.size, 1)).fill(-1);
  for (let p = 0; p < rows.length; p++) column[levelOf({ factors }, rows[p]!)] = PRESENT;
  const from = names.length;
  for (let level = 0; level < column.length; level++) {
    if (column[level] !== PRESENT) continue;
    column[level] = -1;
    const codes = decode(level, factors);
    if (codes.some((code, at) => code === factors[at]!.base)) continue;
    column[level] = names.push(nameOf(sources, parts, codes)) - 1;
  }
  return { numbers, factors, column, from, to: names.length };
}

/** The level of a factor that has no column: the named one, or the first that occurs. */
function baseOf({ codes, levels, reference }: Extract<Source, { kind: 'factor' }>, rows: Int32Array): number {
  const present = new Uint8Array(levels.length);
  for (let p = 0; p < rows.length; p++) present[codes[rows[p]!]!] = 1;
  return reference !== null && present[reference] === 1 ? reference : present.indexOf(1);
}

function decode(level: number, factors: readonly { size: number }[]): number[] {
  const codes: number[] = [];
  let rest = level;
  for (const { size } of [...factors].reverse()) {
    codes.unshift(rest % size);
    rest = Math.floor(rest / size);
  }
  return codes;
}

export function nameOf(sources: readonly Source[], parts: readonly { source: number }[], codes: readonly number[]): string {
  let factor = 0;
  return parts
    .map(({ source }) => sources[source]!)
    .map((found) => (found.kind === 'number' ? found.name : `${found.name}[${found.levels[codes[factor++]!]}]`))
    .join(':');
}

/** Brings number columns to a spread of one; those that are no interaction are centred too. In place. */
function standardise(
  { start, columns, values, names, count }: Omit<Patterns, 'offset' | 'centre' | 'scale'>,
  blocks: readonly Block[],
): { centre: Float64Array; scale: Float64Array } {
  const centre = new Float64Array(names.length);
  const scale = new Float64Array(names.length).fill(1);
  const numeric = new Uint8Array(names.length);
  for (const { from, to, numbers } of blocks) if (numbers.length > 0) numeric.fill(1, from, to);
  for (const { from, factors, numbers } of blocks) {
    if (numbers.length > 0 && factors.length === 0) centre[from] = columnMean(columns, values, from);
  }
  const largest = new Float64Array(names.length);
  for (let k = 0; k < start[count]!; k++) {
    const column = columns[k]!;
    if (numeric[column] === 0) continue;
    values[k]! -= centre[column]!;
    largest[column] = Math.max(largest[column]!, Math.abs(values[k]!));
  }
  for (let column = 0; column < names.length; column++) if (largest[column]! > 0) scale[column] = largest[column]!;
  for (let k = 0; k < start[count]!; k++) values[k]! /= scale[columns[k]!]!;
  return { centre, scale };
}

function columnMean(columns: Int32Array, values: Float64Array, column: number): number {
  let [sum, count] = [0, 0];
  for (let k = 0; k < columns.length; k++) {
    if (columns[k] !== column) continue;
    sum += values[k]!;
    count++;
  }
  return sum / count;
}
