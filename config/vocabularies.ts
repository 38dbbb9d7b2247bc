import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { readCsv } from './csv';
import { InputError } from './input-error';
import type { KeywordList } from './study';

interface Vocabulary extends KeywordList {
  /** Printed entries that no copy shows in full. */
  uncertain: string[];
}

const cell = z.string().min(1);
const baruffaldiRow = z.strictObject({ keyword: cell, status: z.enum(['seen', 'completed', 'uncertain']), group_head: z.string() });
const liuRow = z.strictObject({ term: cell, group: z.enum(['core', 'expanded-1', 'expanded-2']), status: z.enum(['seen', 'recalled']) });

/**
 * A keyword list that ships, by name, or a text file with one keyword a line (`#` begins a comment line).
 * @throws InputError with file and line
 */
export function readVocabulary(listOrFile: string, root: string): Vocabulary {
  const folder = path.join(root, 'config', 'vocabularies');
  if (listOrFile === 'baruffaldi-2020') return baruffaldi(path.join(folder, 'ai-keywords.tsv'));
  if (listOrFile === 'liu-2021') return liu(path.join(folder, 'liu-2021-query.tsv'));
  return { list: path.basename(listOrFile), marks: 'none', entries: readLines(listOrFile), uncertain: [] };
}

/** OECD Working Paper 2020/05, annex. The uncertain ones all contain another entry, so they cannot change a selection. */
function baruffaldi(file: string): Vocabulary {
  const rows = readCsv(file, { row: baruffaldiRow, id: (row) => row.keyword, delimiter: '\t' });
  const pick = (uncertain: boolean) => rows.filter((row) => (row.status === 'uncertain') === uncertain).map((row) => row.keyword);
  return { list: 'baruffaldi-2020', marks: 'none', entries: pick(false), uncertain: pick(true) };
}

function liu(file: string): Vocabulary {
  const rows = readCsv(file, { row: liuRow, id: (row) => row.term, delimiter: '\t' });
  return { list: 'liu-2021', marks: 'wos', entries: rows.map((row) => row.term), uncertain: [] };
}

/** Lines of a text file without blanks around, empty lines and `#` comments. @throws InputError if none is left */
export function readLines(file: string): string[] {
  const lines = readText(file)
    .split(/\r?\n/)
    .map((line) => line.trim());
  const kept = lines.filter((line) => line !== '' && !line.startsWith('#'));
  if (kept.length > 0) return kept;
  throw new InputError(`Expected a text file with one entry a line, got none (${file}). Fill it, or name another.`);
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    const code = String((error as NodeJS.ErrnoException).code ?? error);
    throw new InputError(`Expected a text file with one entry a line, got ${code} (${file}). Check the path.`, { cause: error });
  }
}
