import { asNumbers, requireColumn, type Column, type ModelData, type TextColumn } from './column';
import type { Formula, Part } from './formula';
import { ModelInputError } from './input-error';
import { allFinite } from './loops';

/** A covariate column, once for all terms that use it. */
export type Source =
  | { readonly kind: 'number'; readonly name: string; readonly values: Float64Array }
  | {
      readonly kind: 'factor';
      readonly name: string;
      readonly codes: Int32Array;
      readonly levels: readonly string[];
      /** The level that others are compared with, by the formula; null: the first one that the sample has. */
      readonly reference: number | null;
    };

/** One term of the formula before its levels are known: sources to multiply, and for each factor whether it has a base level. */
export interface DesignTerm {
  readonly parts: readonly { readonly source: number; readonly contrasts: boolean }[];
}

export interface Design {
  readonly sources: readonly Source[];
  readonly terms: readonly DesignTerm[];
}

/**
 * Reads the columns of a formula. A text column is a factor. In an interaction a factor keeps all its levels, unless the term without
 * it stands in the formula too (the rule of R's model.matrix).
 * @throws ModelInputError for unknown columns, unknown levels, factors of one level, and texts among numbers
 */
export function readDesign(data: ModelData, formula: Formula, categories: (column: Column) => TextColumn): Design {
  const sources: Source[] = [];
  const index = new Map<string, number>();
  const references = referencesOf(formula);
  const source = (part: Part): number => {
    const made = sourceOf(data, part, { reference: references.get(part.column), categories });
    const key = `${made.kind} ${made.name}`;
    if (!index.has(key)) index.set(key, sources.push(made) - 1);
    return index.get(key)!;
  };
  const products = formula.terms.map((parts) => parts.map(source));
  const keyOf = (product: readonly number[]): string => [...product].sort((a, b) => a - b).join(':');
  const there = new Set(['', ...products.map(keyOf)]);
  const terms = products.map((product) => ({
    parts: product.map((at) => ({ source: at, contrasts: there.has(keyOf(product.filter((other) => other !== at))) })),
  }));
  return { sources, terms };
}

function referencesOf({ terms }: Formula): Map<string, string> {
  const found = new Map<string, string>();
  for (const { column, reference } of terms.flat()) {
    if (reference === undefined) continue;
    const other = found.get(column);
    if (other !== undefined && other !== reference)
      throw new ModelInputError(`Expected one reference level for ${column}, got "${other}" and "${reference}". Name the same in both.`);
    found.set(column, reference);
  }
  return found;
}

function sourceOf(
  data: ModelData,
  { column: name, as }: Part,
  { reference, categories }: { reference: string | undefined; categories: (column: Column) => TextColumn },
): Source {
  const column = requireColumn(data, name);
  const isText = column.kind === 'text' && column.mixed === undefined;
  if (as === 'itself' && !isText) return { kind: 'number', name, values: finite(name, asNumbers(name, column).values) };
  const { codes, levels } = categories(column);
  if (levels.length < 2)
    throw new ModelInputError(
      `Expected at least two levels in factor "${name}", got ${levels.length === 0 ? 'none' : `only "${levels[0]}"`}. Leave it out of the formula.`,
    );
  const at = reference === undefined ? -1 : levels.indexOf(reference);
  if (reference !== undefined && at < 0)
    throw new ModelInputError(
      `Expected a level of "${name}" as its reference, got "${reference}". There are: ${levels.slice(0, 20).join(', ')}.`,
    );
  return { kind: 'factor', name, codes, levels, reference: at < 0 ? null : at };
}

function finite(name: string, values: Float64Array): Float64Array {
  const row = allFinite(values) ? -1 : values.findIndex((value) => value === Infinity || value === -Infinity);
  if (row < 0) return values;
  throw new ModelInputError(
    `Expected a finite number in column "${name}", got ${values[row]} (row ${row + 1}). Correct it, or leave it out.`,
  );
}
