import { readFileSync } from 'node:fs';
import path from 'node:path';

/** The live entries of the study's keyword list. */
export const aiKeywords = readFileSync(path.resolve(__dirname, '../../config/vocabularies/ai-keywords.txt'), 'utf8')
  .split('\n')
  .map((line) => line.trim())
  .filter((line) => line !== '' && !line.startsWith('#'));
