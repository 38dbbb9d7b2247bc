/** A line of a ranking file that could not be used, and why. `line` is counted from 1. */
export interface RefusedLine {
  line: number;
  reason: string;
}

/** What a ranking file gives: rows, and every line that was refused. */
export interface ParsedRanking<Row> {
  rows: Row[];
  refused: RefusedLine[];
}

/** A journal in one category. */
export interface JournalRow {
  /** `NNNN-NNNX`; empty when the file has none for it. */
  issns: string[];
  title: string;
  category: string;
  edition: string;
  metric: number | null;
  /** Data year of the ranking, where the file says it. */
  year: number | null;
}

/** The valid ISSNs of some cells as `NNNN-NNNX`, each once. Takes them with or without hyphen; `-`, `N/A` and the like give none. */
export function readIssns(...cells: readonly (string | undefined)[]): string[] {
  const found = cells.flatMap((cell) => (cell ?? '').toUpperCase().match(/\b\d{4}-?\d{3}[\dX]\b/gu) ?? []);
  return [...new Set(found.map((issn) => `${issn.slice(0, 4)}-${issn.slice(-4)}`))];
}
