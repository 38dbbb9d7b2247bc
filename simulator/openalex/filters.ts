import type { Row } from '../holdings';
import type { Collection } from './collection';
import { paidFields, type Field } from './fields';
import { badValue, paidFilter, rawComma, tooManyValues, unknownFilter } from './refusals';

const maximumValues = 100;

/** One `key:value` of a filter. `alternatives` are OR-ed; the values within one are AND-ed. */
export interface Clause {
  key: string;
  field: Field;
  negated: boolean;
  alternatives: string[][];
}

/** Splits at commas outside double quotes; a percent-encoded comma splits too, as at the real service. */
function segments(filter: string): string[] {
  return filter.match(/(?:"[^"]*"|[^,"])+/g) ?? [];
}

/** Reads a `filter` parameter strictly. */
export function parseFilter(filter: string, collection: Collection): Clause[] {
  return segments(filter).map((segment) => {
    const colon = segment.indexOf(':');
    if (colon < 0) throw rawComma(segment);
    return clause(segment.slice(0, colon).trim(), segment.slice(colon + 1).trim(), collection);
  });
}

function clause(name: string, value: string, collection: Collection): Clause {
  const key = name.toLowerCase().replaceAll('-', '_');
  if (paidFields.has(key)) throw paidFilter(key);
  const field = collection.fields[key];
  if (!field) throw unknownFilter(name, Object.keys(collection.fields).sort());
  const negated = value.startsWith('!');
  const values = (negated ? value.slice(1) : value).split('|');
  if (values.length > maximumValues) throw tooManyValues(key);
  return { key, field, negated, alternatives: values.map((one) => alternative(key, field, one)) };
}

function alternative(key: string, field: Field, value: string): string[] {
  if (['', 'none', 'undefined'].includes(value.toLowerCase())) throw badValue(key, value);
  if (field.kind === 'flag' && !['true', 'false'].includes(value.toLowerCase())) throw badValue(key, value);
  if (field.kind === 'number' && !/^(?:[<>]?-?\d+|\d*-\d*)$/.test(value)) throw badValue(key, value);
  const quoted = /^"(.*)"$/.exec(value);
  if (quoted) return [field.fold(quoted[1] ?? '')];
  return value.split(/\s+/).map((part) => field.fold(part));
}

/** The rows, in the collection's order, that satisfy all clauses. */
export function matching(collection: Collection, clauses: Clause[]): Row[] {
  const indexed = clauses.find((one) => one.field.kind === 'text' && !one.negated);
  const candidates = indexed
    ? collection.withAny(
        indexed.key,
        indexed.alternatives.map((parts) => parts[0] ?? ''),
      )
    : collection.rows;
  return candidates.filter((row) => clauses.every((one) => satisfies(row, one)));
}

function satisfies(row: Row, { key, field, negated, alternatives }: Clause): boolean {
  const values = field.read(row);
  const met = alternatives.some((parts) => parts.every((part) => values.some((value) => equals({ key, field, value, wanted: part }))));
  return met !== negated;
}

function equals({ key, field, value, wanted }: { key: string; field: Field; value: string; wanted: string }): boolean {
  if (key === 'from_publication_date') return value >= wanted;
  if (key === 'to_publication_date') return value <= wanted;
  return field.kind === 'number' ? inRange(Number(value), wanted) : value === wanted;
}

function inRange(value: number, wanted: string): boolean {
  if (wanted.startsWith('>')) return value > Number(wanted.slice(1));
  if (wanted.startsWith('<')) return value < Number(wanted.slice(1));
  const range = /^(\d*)-(\d*)$/.exec(wanted);
  if (!range) return value === Number(wanted);
  return value >= Number(range[1] || '-Infinity') && value <= Number(range[2] || 'Infinity');
}
