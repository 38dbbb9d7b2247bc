/** A piece of SQL with its values bound, never spliced. Pieces nest. */
export interface Sql {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** A table or view that SQL may name: it stands in the text as it is. */
export interface Relation {
  readonly relation: Sql;
}

/**
 * Writes SQL as a template: nested pieces and relations become text, everything else a bound parameter.
 * @example sql`select country, count(*) from ${inputs.articles} where year >= ${from} group by 1`
 */
export function sql(parts: TemplateStringsArray, ...values: readonly unknown[]): Sql {
  let text = parts[0] ?? '';
  const bound: unknown[] = [];
  values.forEach((value, index) => {
    const nested = pieceOf(value);
    text += nested === null ? `$${bound.push(value)}` : renumber(nested, bound);
    text += parts[index + 1];
  });
  return piece(text, bound);
}

/** Text that is already SQL: column lists, identifiers made by `identifier`. Never user input. */
export function raw(text: string): Sql {
  return piece(text, []);
}

/** Quotes a name for Postgres. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** Joins pieces with a separator, keeping their values. */
export function join(pieces: readonly Sql[], separator: string): Sql {
  const bound: unknown[] = [];
  return piece(pieces.map((part) => renumber(part, bound)).join(separator), bound);
}

/** Only what was made here is SQL: a value of the same shape is a value. */
const pieces = new WeakSet<object>();

function piece(text: string, values: readonly unknown[]): Sql {
  const made = Object.freeze({ text, values });
  pieces.add(made);
  return made;
}

function pieceOf(value: unknown): Sql | null {
  if (typeof value !== 'object' || value === null) return null;
  if ('relation' in value && pieces.has((value as Relation).relation)) return (value as Relation).relation;
  return pieces.has(value) ? (value as Sql) : null;
}

function renumber(piece: Sql, bound: unknown[]): string {
  const offset = bound.length;
  bound.push(...piece.values);
  return piece.text.replace(/\$(\d+)/g, (_, number: string) => `$${Number(number) + offset}`);
}
