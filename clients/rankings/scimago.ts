import { columnsOf, readLooseLines, type RankingRecord } from './records';
import { readIssns, type JournalRow, type ParsedRanking } from './rows';

/** Which column orders journals: SCImago's own index, or citations per document of two years, the nearest to an impact factor. */
export type ScimagoMetric = 'sjr' | 'cites-per-doc-2y';

export interface ScimagoRanking extends ParsedRanking<JournalRow> {
  /** Lines that are no journals: book series, proceedings, trade journals. */
  notJournals: number;
}

const metricColumn: Record<ScimagoMetric, RegExp> = { sjr: /^SJR$/u, 'cites-per-doc-2y': /^(?:Cites|Citations) \/ Doc\. \(2years\)$/u };
const columns = ['Title', 'Type', 'Issn', 'Categories'];

/**
 * Reads a SCImago journal file of any vintage: semicolons, decimal comma or point, columns by name, Publisher perhaps twice, stray quotes. One row
 * for each category of a journal, without the quartile. Lines with more or fewer cells than the header are refused.
 * @throws Error if the first line is not SCImago's header
 */
export function parse(text: string, file: string, metric: ScimagoMetric = 'sjr'): ScimagoRanking {
  const records = readLooseLines(text);
  const header = records.shift()?.cells ?? [];
  const wanted = [...columns, metricColumn[metric]].filter((name) => columnsOf(header)(header, name) === undefined);
  if (wanted.length > 0) {
    throw new Error(
      `Expected a SCImago export with the columns ${[...columns, 'SJR'].join(', ')}, got ${JSON.stringify(header.join(';').slice(0, 80))} (${file}:1). ` +
        'Download it again from the ranking page of SCImago.',
    );
  }
  const result: ScimagoRanking = { rows: [], refused: [], notJournals: 0 };
  for (const record of records) addRecord(result, record, { header, file, metric });
  return result;
}

interface Reading {
  header: readonly string[];
  file: string;
  metric: ScimagoMetric;
}

function addRecord(result: ScimagoRanking, { cells, line }: RankingRecord, { header, file, metric }: Reading): void {
  const cell = columnsOf(header);
  const refuse = (reason: string): number => result.refused.push({ line, reason: `${reason} (${file}:${line})` });
  if (cells.length !== header.length) return void refuse(`Expected ${header.length} cells, got ${cells.length}`);
  if (cell(cells, 'Type') !== 'journal') return void (result.notJournals += 1);
  const value = readDecimal(cell(cells, metricColumn[metric]) ?? '');
  if (Number.isNaN(value)) return void refuse(`Expected a number in ${metric}, got ${JSON.stringify(cell(cells, metricColumn[metric]))}`);
  const categories = (cell(cells, 'Categories') ?? '').split('; ').map((name) => name.replace(/\s*\(Q[1-4]\)$/u, '').trim());
  if (categories.every((name) => name === '')) return void refuse('Expected a category, got none');
  const journal = {
    issns: readIssns(cell(cells, 'Issn')),
    title: cell(cells, 'Title') ?? '',
    edition: 'SCImago',
    metric: value,
    year: yearOf(header),
  };
  result.rows.push(...categories.map((category) => ({ ...journal, category })));
}

/** Null for an empty cell, NaN for what is no number. */
function readDecimal(cell: string): number | null {
  if (cell === '') return null;
  return /^\d+(?:[.,]\d+)?$/u.test(cell) ? Number(cell.replace(',', '.')) : NaN;
}

function yearOf(header: readonly string[]): number | null {
  const year = header.map((name) => /^Total Docs\. \((\d{4})\)$/u.exec(name)?.[1]).find((found) => found !== undefined);
  return year === undefined ? null : Number(year);
}
