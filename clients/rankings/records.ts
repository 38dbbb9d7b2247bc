import { CsvError, parse } from 'csv-parse/sync';

/** A record of a ranking file with the line on which it ends. */
export interface RankingRecord {
  cells: string[];
  line: number;
}

/**
 * The records of a comma-separated text, with any number of cells each; quotes inside unquoted cells are kept.
 * @throws Error with the line where quotes break: what follows could not be trusted to be whole
 */
export function readRecords(text: string, file: string): RankingRecord[] {
  try {
    const parsed = parse(text, { bom: true, info: true, relax_column_count: true, relax_quotes: true, skip_empty_lines: true, trim: true });
    return (parsed as unknown as { record: string[]; info: { lines: number } }[]).map(({ record, info }) => ({
      cells: record,
      line: info.lines,
    }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = String(error['lines'] ?? '?');
    throw new Error(
      `Expected quoted cells that close, got: ${error.message} (${file}:${line}). Export the file again, or mend that line.`,
      {
        cause: error,
      },
    );
  }
}

const looseCell = /(?<=^|;)(?:"(.*?)"|([^;]*))(?=;|$)/gu;

/**
 * The records of a semicolon-separated text with one record a line, as SCImago writes it. Its own exports hold quotes within quoted
 * cells ("Instituto Nacional de la Nutricion "Salvador Zubiran""), on which a CSV reader loses the rest of the file: here only a quote
 * beside a semicolon or a line's end is the edge of a cell.
 */
export function readLooseLines(text: string): RankingRecord[] {
  const lines = text.replace(/^\uFEFF/u, '').split(/\r?\n/u);
  return lines.flatMap((content, index) => (content.trim() === '' ? [] : [{ cells: looseCells(content), line: index + 1 }]));
}

function looseCells(line: string): string[] {
  return [...line.matchAll(looseCell)].map(([, quoted, plain]) => (quoted ?? plain ?? '').replaceAll('""', '"').trim());
}

/** Cells of a record by column name. Of columns that occur twice the first counts. */
export function columnsOf(header: readonly string[]): (cells: readonly string[], name: string | RegExp) => string | undefined {
  return (cells, name) => {
    const at = header.findIndex((column) => (typeof name === 'string' ? column === name : name.test(column)));
    return at < 0 ? undefined : cells[at];
  };
}
