import { readRecords, type RankingRecord } from './records';
import type { ParsedRanking, RefusedLine } from './rows';

/** A conference of the CORE ranking. */
export interface CoreRow {
  id: string;
  title: string;
  acronym: string;
  /** `CORE2023`, `ICORE2026`… */
  edition: string;
  /** As printed, trimmed: A*, A, B, C, "Australasian B", "National: USA", "Unranked"… */
  rank: string;
  /** Field of research codes, up to three; "4611.0", a spreadsheet's trace, is 4611. */
  fields: string[];
}

/**
 * Reads an export of the CORE portal: no header, `id,title,acronym,edition,rank,yes/no,code,code,code`. Titles may hold commas and
 * line breaks in quotes. Lines without a numeric id, a title, an edition and a rank are refused.
 * @throws Error with the line where quotes do not close
 */
export function parse(text: string, file: string): ParsedRanking<CoreRow> {
  const rows: CoreRow[] = [];
  const refused: RefusedLine[] = [];
  for (const record of readRecords(text, file)) {
    const row = readRow(record);
    if (typeof row === 'string') refused.push({ line: record.line, reason: `${row} (${file}:${record.line})` });
    else rows.push(row);
  }
  return { rows, refused };
}

function readRow({ cells }: RankingRecord): CoreRow | string {
  const [id = '', title = '', acronym = '', edition = '', rank = '', , ...fields] = cells.map(oneLine);
  if (!/^\d+$/u.test(id)) return `Expected a CORE id in column 1, got ${JSON.stringify(id)}`;
  if (title === '') return 'Expected a title in column 2, got nothing';
  if (!/^(?:I?CORE|ERA)\d{4}$/u.test(edition)) return `Expected an edition such as CORE2023 in column 4, got ${JSON.stringify(edition)}`;
  if (rank === '') return 'Expected a rank in column 5, got nothing';
  return { id, title, acronym, edition, rank, fields: fields.map((code) => code.replace(/\.0$/u, '')).filter((code) => code !== '') };
}

function oneLine(cell: string): string {
  return cell.replace(/\s+/gu, ' ').trim();
}
