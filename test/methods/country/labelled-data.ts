import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';

/** The folder of labelled affiliations; tests that need it are skipped, with a notice, where it is absent. */
export const labelled = process.env.ATLAS_AFFILIATIONS ?? path.resolve(__dirname, '../../../../shared/data/affiliations');

export const isLabelled = existsSync(labelled);

if (!isLabelled) console.warn(`Skipped: labelled affiliations are not at ${labelled}; set ATLAS_AFFILIATIONS to their folder.`);

export interface Labelled {
  affiliation: string;
  country: string;
}

export interface LabelError {
  set: string;
  sha256: string;
  label: string;
  country: string;
  reason: string;
}

/** Labels that a human found wrong, string by string: what they say, what the string says, and why. */
export const labelErrors: LabelError[] = parse(readFileSync(path.join(__dirname, 'label-errors.csv')), { columns: true });

/** The strings of one set (springer, pmc, mixed, institution-only) with their labels as they are. */
export function labelledSet(set: string): Labelled[] {
  const lines = readFileSync(path.join(labelled, `${set}.tsv`), 'utf8')
    .split('\n')
    .slice(1);
  const rows = lines.filter((line) => line !== '').map((line) => line.split('\t') as [string, string]);
  return rows.map(([affiliation, country]) => ({ affiliation, country }));
}

/** How label-errors.csv names a string without repeating it. */
export function idOf(affiliation: string): string {
  return createHash('sha256').update(affiliation).digest('hex').slice(0, 16);
}
