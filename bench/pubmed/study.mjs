import { readFileSync } from 'node:fs';

const file = new URL('../../config/vocabularies/ai-keywords.txt', import.meta.url);
const list = readFileSync(file, 'utf8')
  .split('\n')
  .map((line) => line.trim())
  .filter((line) => line !== '' && !line.startsWith('#'));

/** The keywords of the paper's study, with its rule. */
export const aiKeywords = { list, rule: { end: 'plural', spelling: 'both' } };
