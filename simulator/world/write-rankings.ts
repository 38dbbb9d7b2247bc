import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { conferences } from './conferences';
import { journals, type Journal } from './journals';

const jcrHeader = [
  'Journal name',
  'JCR Abbreviation',
  'Publisher',
  'ISSN',
  'eISSN',
  'Category',
  'Edition',
  'Total Citations',
  '2020 JIF',
  'JIF Quartile',
  '2020 JCI',
  '% of Citable OA',
];
const jcrBanner =
  'Journal Data Filtered By:  Selected Editions: SCIE,SSCI Selected JCR Year: 2020 Selected Category Schema: WOS (synthetic, invented journals)';
const jcrFooter = [
  'Copyright (c) 2021 nobody: synthetic data in the shape of a JCR export',
  'By exporting the selected data; you agree that none of these journals exists.',
];

const cell = (value: string) => (/[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
const line = (values: string[]) => values.map(cell).join(',');

function jcrRow(journal: Journal, category: string): string {
  const factor = Number(journal.impactFactor);
  const place = journal.index % 12;
  const cites = (40_000 - place * 3100 + journal.index * 13).toLocaleString('en-US');
  const quartile = Number.isNaN(factor) && journal.impactFactor === 'N/A' ? 'N/A' : `Q${1 + Math.floor(place / 3)}`;
  const indicator = Number.isNaN(factor) ? 'N/A' : (factor / 6).toFixed(2);
  const name = journal.title.toUpperCase();
  return line([
    name,
    journal.abbreviation.toUpperCase(),
    'SYNTHETIC PRESS',
    journal.print ?? 'N/A',
    journal.electronic,
    category,
    journal.edition,
    cites,
    journal.impactFactor,
    quartile,
    indicator,
    `${((journal.index * 7) % 100).toFixed(2)}%`,
  ]);
}

/** The synthetic journals in the shape of a JCR export of 2020: banner, header, one row per journal and category, footer. */
export function jcrExport(): string {
  const rows = journals.flatMap((journal) => journal.categories.map((category) => jcrRow(journal, category)));
  return [jcrBanner, '', line(jcrHeader), ...rows, ...jcrFooter, ''].join('\n');
}

/** The synthetic conferences in the shape of a CORE portal export: no header, nine columns. */
export function coreExport(): string {
  const ranked = conferences.filter(({ rank }) => rank !== null);
  const rows = ranked.map(({ title, acronym, rank }, index) =>
    line([
      String(9001 + index),
      index === 1 ? ` ${title} ` : index === 0 ? `${title} (was SYNLEARN)` : title,
      acronym,
      'CORE2023',
      rank ?? '',
      index % 3 === 0 ? 'No' : 'Yes',
      index % 2 === 0 ? '4611' : '4603',
      index % 4 === 0 ? '4602' : '',
      '',
    ]),
  );
  return [...rows, ''].join('\n');
}

export const rankingFiles: Record<string, () => string> = { 'synthetic-jcr.csv': jcrExport, 'synthetic-core.csv': coreExport };

if (require.main === module) {
  const folder = process.argv[2];
  if (folder === undefined)
    throw new Error('Expected a folder to write to, got none. Run: node dist/simulator/world/write-rankings.js DIR');
  mkdirSync(folder, { recursive: true });
  for (const [name, content] of Object.entries(rankingFiles)) writeFileSync(path.join(folder, name), content());
}
