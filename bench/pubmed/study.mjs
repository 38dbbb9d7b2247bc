import { createRequire } from 'node:module';
import path from 'node:path';

const { readVocabulary } = createRequire(import.meta.url)('../../dist/config/vocabularies.js');
const root = path.join(import.meta.dirname, '../..');
const words = (name) => (({ entries, marks }) => ({ entries, marks }))(readVocabulary(name, root));

/** The keywords of the paper's study with its rule; a shard also tries nine other rules and a second list. */
export const study = {
  keywords: words('baruffaldi-2020').entries,
  marks: 'none',
  comparison: words('liu-2021'),
  end: 'plural',
  spelling: 'both',
  fold: 'all',
};
