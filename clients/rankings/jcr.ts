import { readBanner, type JcrBanner } from './jcr-banner';
import { columnsOf, readRecords, type RankingRecord } from './records';
import { readIssns, type JournalRow, type ParsedRanking, type RefusedLine } from './rows';

const titleColumn = /^(?:Journal name|Full Journal Title)$/iu;
const impactColumn = /^(?:\d{4} JIF|Journal Impact Factor)$/iu;
const closing = /^(?:Copyright \(c\)|By exporting the selected data)/iu;

/**
 * Reads an export of Journal Citation Reports: the present layout (banner, empty line, header with the year in `2020 JIF`, one row for
 * each journal and category) or the older one of InCites (one file a category, which only the banner names). A journal in two editions
 * gives a row for each. The closing lines of Clarivate are left out.
 * @throws Error if no line is a JCR header, or with the line where quotes do not close
 */
export function parse(text: string, file: string): ParsedRanking<JournalRow> {
  const refused: RefusedLine[] = [];
  const records = readRecords(text, file);
  const at = records.findIndex(({ cells }) => cells.some((cell) => titleColumn.test(cell)));
  if (at < 0 || !records[at]!.cells.some((cell) => impactColumn.test(cell))) {
    throw new Error(
      `Expected a JCR export with the columns Journal name and JIF, got ${JSON.stringify(text.slice(0, 80))} (${file}:1). ` +
        'Export the journals again, with category and impact factor.',
    );
  }
  const header = records[at]!.cells;
  const banner = readBanner(
    records.slice(0, at).map(({ cells }) => cells.join(',')),
    header,
  );
  const body = records.slice(at + 1).filter(({ cells }) => !closing.test(cells[0] ?? ''));
  const rows = body.flatMap((record) => {
    const read = readJournal(record, { header, banner, file });
    if (!Array.isArray(read)) refused.push(read);
    return Array.isArray(read) ? read : [];
  });
  return { rows, refused };
}

interface Reading {
  header: readonly string[];
  banner: JcrBanner;
  file: string;
}

function readJournal({ cells, line }: RankingRecord, { header, banner, file }: Reading): JournalRow[] | RefusedLine {
  const cell = columnsOf(header);
  const refuse = (reason: string): RefusedLine => ({ line, reason: `${reason} (${file}:${line})` });
  const title = cell(cells, titleColumn) ?? '';
  const category = cell(cells, /^Category$/iu) ?? banner.category ?? '';
  const metric = readImpact(cell(cells, impactColumn) ?? '');
  if (title === '') return refuse('Expected a journal name, got nothing');
  if (category === '') return refuse('Expected a category in the line or in the banner, got none');
  if (Number.isNaN(metric)) return refuse(`Expected an impact factor, got ${JSON.stringify(cell(cells, impactColumn))}`);
  const issns = readIssns(cell(cells, 'ISSN'), cell(cells, 'eISSN'));
  const editions = (cell(cells, /^Edition$/iu) ?? banner.editions).split(/\s*,\s*/u);
  return editions.map((edition) => ({ issns, title, category, edition, metric, year: banner.year }));
}

/** Null where there is none ("N/A", "Not Available"), NaN for what is no number. "<0.1" ranks below every number that is printed. */
function readImpact(cell: string): number | null {
  if (/^(?:n\/?a|not available|)$/iu.test(cell)) return null;
  if (cell.startsWith('<')) return 0;
  return /^[\d,]+(?:\.\d+)?$/u.test(cell) ? Number(cell.replaceAll(',', '')) : NaN;
}
