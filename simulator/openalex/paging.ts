import type { Row } from '../holdings';
import type { Switches } from '../switches';
import { compare, sortKey, type SortKey } from './collection';
import { badCursor, badPage, badPerPage, nullCursor, pageWithCursor, pastWindow } from './refusals';

const window = 10_000;

export interface Page {
  rows: Row[];
  meta: { page: number | null; per_page: number; next_cursor?: string | null };
}

/** Base64 of a JSON string that holds a Python list, as recorded: no state on the server, never expires. */
export function encodeCursor({ citations, id }: SortKey): string {
  return Buffer.from(JSON.stringify(`['-Infinity', ${citations}, '${id}']`)).toString('base64');
}

function decodeCursor(cursor: string): SortKey {
  const match = /^"\['[^']*', (\d+), '([^']+)'\]"$/.exec(Buffer.from(cursor, 'base64').toString());
  if (!match) throw badCursor();
  return { citations: Number(match[1]), id: match[2] ?? '' };
}

function integer(value: string | null, otherwise: number): number {
  if (value === null) return otherwise;
  return /^\d+$/.test(value) ? Number(value) : NaN;
}

/** Cuts the page that the parameters ask for out of all rows that match. */
export function page(rows: Row[], params: URLSearchParams, switches: Switches): Page {
  const size = integer(params.get('per_page') ?? params.get('per-page'), 25);
  if (!(size >= 1 && size <= switches.pageMaximum)) throw badPerPage(switches.pageMaximum);
  const cursor = params.get('cursor');
  if (cursor !== null && params.has('page')) throw pageWithCursor();
  return cursor === null ? numbered(rows, integer(params.get('page'), 1), size) : following(rows, { cursor, size, switches });
}

function numbered(rows: Row[], number: number, size: number): Page {
  if (!(number >= 1)) throw badPage();
  if (number * size > window) throw pastWindow();
  return { rows: rows.slice((number - 1) * size, number * size), meta: { page: number, per_page: size } };
}

function following(rows: Row[], { cursor, size, switches }: { cursor: string; size: number; switches: Switches }): Page {
  if (cursor === 'null' || cursor === '') throw nullCursor();
  const start = cursor === '*' ? 0 : firstAfter(rows, decodeCursor(cursor));
  const found = rows.slice(start, start + size);
  const last = found.at(-1);
  const ended = last === undefined || (switches.cursorEnd === 'null-on-short-page' && found.length < size);
  const next = ended ? null : encodeCursor(sortKey(last));
  return { rows: found, meta: { page: null, per_page: size, next_cursor: next } };
}

function firstAfter(rows: Row[], key: SortKey): number {
  const start = rows.findIndex((row) => compare(sortKey(row), key) > 0);
  return start < 0 ? rows.length : start;
}
