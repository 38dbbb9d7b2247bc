import type { CoreRow } from './core';
import type { JournalRow, ParsedRanking } from './rows';

/** A ranking file as it was read. */
export interface ReadFile<Row> extends ParsedRanking<Row> {
  readonly name: string;
}

/** The most journals of one JCR export. */
const JCR_EXPORT_LIMIT = 600;

/**
 * Why journal rankings cannot be used as they are: another data year than the study's, several years at once, or nothing to rank in a file. Each
 * names its file. A file that does not say its year (old exports without a banner) is taken at the word of the study.
 */
export function journalFaults(files: readonly ReadFile<JournalRow>[], year: number): string[] {
  return files.flatMap(({ name, rows, refused }) => {
    if (rows.every(({ metric }) => metric === null))
      return [
        `Expected journals with a metric, got none in ${counted(rows.length, 'line')} and ${refused.length} refused (${name}). Export the file again.`,
      ];
    const years = [...new Set(rows.flatMap((row) => row.year ?? []))];
    const wrong = years.filter((one) => one !== year);
    if (wrong.length === 0) return [];
    return [
      `Expected journals of the data year ${year}, as rank.year says, got ${wrong.join(', ')} (${name}). Put only files of one year in place, or set rank.year: ${wrong[0]!}.`,
    ];
  });
}

/** What is worth a look and stops nothing: a JCR export as long as exports can be was probably cut. */
export function journalNotes(files: readonly ReadFile<JournalRow>[]): string[] {
  return files.flatMap(({ name, rows }) => {
    const journals = new Set(rows.map(({ title }) => title)).size;
    if (journals !== JCR_EXPORT_LIMIT || rows[0]?.edition === 'SCImago') return [];
    return [
      `${name} holds ${JCR_EXPORT_LIMIT} journals, the most that one JCR export can: it was probably cut. Export category by category.`,
    ];
  });
}

/** Why CORE files cannot be used as they are: the study's edition is in none of them. */
export function conferenceFaults(files: readonly ReadFile<CoreRow>[], edition: string): string[] {
  const editions = new Map<string, number>();
  for (const { edition: one } of files.flatMap(({ rows }) => rows)) editions.set(one, (editions.get(one) ?? 0) + 1);
  if (files.length === 0 || editions.has(edition)) return [];
  const got = [...editions].map(([one, rows]) => `${one} (${counted(rows, 'conference')})`).join(', ') || 'none';
  const names = files.map(({ name }) => name).join(', ');
  return [
    `Expected conferences of ${edition}, as rank.edition says, got ${got} (${names}). Export that edition from the CORE portal, or set rank.edition to one that is there.`,
  ];
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
