import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import { CommandError } from '../failure';

export interface RatedLine {
  readonly line: number;
  readonly id: string;
  /** Lower case, without blanks around; empty where the cell is not filled in. */
  readonly rating: string;
}

/** A sheet that came back from a rater. */
export interface RatedSheet {
  readonly file: string;
  readonly audit: string;
  readonly lines: readonly RatedLine[];
}

const NEEDED = ['audit', 'id', 'rating'] as const;

/** @throws CommandError (exit 2) for a file that is no sheet */
export async function readSheet(file: string): Promise<RatedSheet> {
  const records = await recordsOf(file);
  const header = (records[0]?.record ?? []).map((name) => name.trim());
  const lost = NEEDED.find((name) => header.filter((other) => other === name).length !== 1);
  if (lost !== undefined)
    throw new CommandError(
      `Expected the columns ${NEEDED.join(', ')} once each, comma-separated, got ${header.join(', ') || 'no header'} (${file}). Take the sheet that atlas audit sample wrote, and fill in its column rating.`,
      2,
    );
  const [audit, id, rating] = NEEDED.map((name) => header.indexOf(name)) as [number, number, number];
  const rows = records.slice(1);
  const other = rows.find(({ record }) => record[audit] !== rows[0]!.record[audit]);
  if (rows.length === 0 || other !== undefined)
    throw new CommandError(
      `Expected rows of one audit, got ${other === undefined ? 'none' : `"${other.record[audit]}" in line ${other.info.lines}`} (${file}). Give one sheet a file.`,
      2,
    );
  const lines = rows.map(({ record, info }) => ({
    line: info.lines,
    id: record[id]!.trim(),
    rating: record[rating]!.trim().toLowerCase(),
  }));
  return { file, audit: rows[0]!.record[audit]!.trim(), lines };
}

interface Line {
  readonly record: string[];
  readonly info: { readonly lines: number };
}

async function recordsOf(file: string): Promise<Line[]> {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file));
    return parse(text, { bom: true, skip_empty_lines: true, info: true }) as unknown as Line[];
  } catch (error) {
    throw new CommandError(
      `Expected a rated sheet as CSV in UTF-8, got ${error instanceof Error ? error.message : String(error)} (${file}). Correct the path or that line.`,
      2,
    );
  }
}

/** The ratings of a sheet by row. @throws CommandError (exit 2) unless it has the drawn rows, each once, and ratings of the vocabulary */
export function ratingsOf({ file, lines }: RatedSheet, ids: ReadonlySet<string>, vocabulary: ReadonlySet<string>): Map<string, string> {
  const ratings = new Map<string, string>();
  for (const { line, id, rating } of lines) {
    if (!ids.has(id) || ratings.has(id))
      throw new CommandError(
        `Expected the ids of the sheet as drawn, each once, got "${id}"${ids.has(id) ? ' again' : ''} (${file}, line ${line}). Restore the column id.`,
        2,
      );
    if (rating !== '' && !vocabulary.has(rating))
      throw new CommandError(`Expected a rating (${allowed(vocabulary)}), got "${rating}" (${file}, line ${line}). Correct that cell.`, 2);
    ratings.set(id, rating);
  }
  const lost = [...ids].filter((id) => !ratings.has(id));
  if (lost.length > 0)
    throw new CommandError(
      `Expected all ${ids.size} rows of the sheet, got ${ratings.size}: ${lost[0]} is not there (${file}). Put the rows back; an empty rating may stay empty.`,
      2,
    );
  return ratings;
}

function allowed(vocabulary: ReadonlySet<string>): string {
  return vocabulary.size < 10 ? [...vocabulary].join(', ') : 'an ISO 3166-1 alpha-2 code such as DE, or unknown';
}
