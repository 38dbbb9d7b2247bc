import { existsSync } from 'node:fs';
import path from 'node:path';

/** The folder of recorded answers; tests that need it are skipped, with a notice, where it is absent. */
export const recorded = process.env.ATLAS_RECORDED ?? path.resolve(__dirname, '../../../shared/data/fixtures');

export const isRecorded = existsSync(path.join(recorded, 'pubmed'));

if (!isRecorded) console.warn(`Skipped: no recorded answers in ${recorded}. Set ATLAS_RECORDED to their folder.`);
