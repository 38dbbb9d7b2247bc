import type { Row } from '../holdings';
import type { Fields } from './fields';

const citations = (row: Row) => (typeof row['cited_by_count'] === 'number' ? row['cited_by_count'] : 0);

/** Position of a row in the default order, as a cursor holds it. */
export interface SortKey {
  citations: number;
  id: string;
}

export const sortKey = (row: Row): SortKey => ({ citations: citations(row), id: row.id });

/** Default order of lists: most cited first, then by id. */
export const compare = (a: SortKey, b: SortKey) => b.citations - a.citations || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/** The works or the sources of a world, in list order, with indexes built when first needed. */
export class Collection {
  readonly rows: Row[];
  readonly #indexes = new Map<string, Map<string, number[]>>();

  constructor(
    rows: Row[],
    readonly fields: Fields,
    readonly select: readonly string[],
  ) {
    this.rows = [...rows].sort((a, b) => compare(sortKey(a), sortKey(b)));
  }

  /** The rows whose field holds any of the (folded) values. */
  withAny(key: string, values: string[]): Row[] {
    const index = this.#index(key);
    const ordinals = new Set(values.flatMap((value) => index.get(value) ?? []));
    return [...ordinals].sort((a, b) => a - b).flatMap((ordinal) => this.rows[ordinal] ?? []);
  }

  #index(key: string): Map<string, number[]> {
    const known = this.#indexes.get(key);
    if (known) return known;
    const index = new Map<string, number[]>();
    this.rows.forEach((row, ordinal) => {
      for (const value of new Set(this.fields[key]?.read(row) ?? [])) {
        const list = index.get(value);
        if (list) list.push(ordinal);
        else index.set(value, [ordinal]);
      }
    });
    this.#indexes.set(key, index);
    return index;
  }
}
