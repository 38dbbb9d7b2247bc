import { nearest } from '../nearest';
import type { StudyFile } from '../schema/file';
import type { KeywordList, Study } from '../study';
import { readVocabulary } from '../vocabularies';
import { compare } from './file-refs';
import type { Notes } from './notes';

const EMPTY = { list: '', marks: 'none' as const, entries: [], uncertain: [] };

interface Context {
  root: string;
  notes: Notes;
}

/** The final keyword list: the vocabulary, without what is removed, with what is added. */
export function resolveKeywords(asked: StudyFile['keywords'], { root, notes }: Context): Study['keywords'] {
  const { list, marks, entries, uncertain } = notes.attempt(['keywords', 'list'], {
    read: () => readVocabulary(asked.list, root),
    otherwise: EMPTY,
  });
  const known = new Map(entries.map((entry) => [entry.toLowerCase(), entry]));
  const removed = new Set(asked.remove.map((word) => word.toLowerCase()));
  checkMarks(asked, { marks, notes });
  checkRemoved(asked.remove, { known, notes });
  checkAdded(asked.add, { known, removed, notes });
  checkWords(entries, asked.add, notes);
  const kept = entries.filter((entry) => !removed.has(entry.toLowerCase()));
  const final = [...kept, ...asked.add].sort(compare);
  if (final.length === 0)
    notes.wrong(['keywords', 'remove'], { rule: 'to leave a keyword', got: 'none left', next: 'Remove fewer, or add some.' });
  return {
    ...asked,
    list,
    marks,
    entries: final,
    uncertain,
    add: [...asked.add].sort(compare),
    remove: [...asked.remove].sort(compare),
    comparison: comparison(asked.comparison, { root, notes }),
  };
}

function comparison(asked: StudyFile['keywords']['comparison'], { root, notes }: Context): KeywordList | null {
  if (asked === null) return null;
  const { list, marks, entries } = notes.attempt(['keywords', 'comparison'], {
    read: () => readVocabulary(asked, root),
    otherwise: EMPTY,
  });
  return { list, marks, entries: [...entries].sort(compare) };
}

/** Entries with wildcards say their own ends, spellings and dashes: rules about them would be read by nobody. */
function checkMarks(asked: StudyFile['keywords'], { marks, notes }: { marks: KeywordList['marks']; notes: Notes }): void {
  if (marks === 'none') return;
  const rules = { end: 'plural', spelling: 'both', fold: 'all' } as const;
  for (const key of ['end', 'spelling', 'fold'] as const) {
    if (asked[key] === rules[key]) continue;
    notes.wrong(['keywords', key], { rule: `to be ${rules[key]} with a list of wildcards`, got: asked[key], next: 'Take it out.' });
  }
}

function checkRemoved(words: readonly string[], { known, notes }: { known: ReadonlyMap<string, string>; notes: Notes }): void {
  for (const [index, word] of words.entries()) {
    if (known.has(word.toLowerCase())) continue;
    const near = nearest(word, [...known.values()]);
    const next = near === undefined ? 'Take it out.' : `Did you mean ${near}?`;
    notes.wrong(['keywords', 'remove', index], { rule: 'to be a keyword of the list', got: JSON.stringify(word), next });
  }
}

/** What has neither letter nor digit stands in no text. */
function checkWords(entries: readonly string[], added: readonly string[], notes: Notes): void {
  const rule = 'to have a letter or digit';
  const isEmpty = (word: string): boolean => !/[\p{L}\p{N}]/u.test(word);
  const listed = entries.find(isEmpty);
  if (listed !== undefined)
    notes.wrong(['keywords', 'list'], { rule: `${rule} in every keyword`, got: JSON.stringify(listed), next: 'Take it out.' });
  for (const [index, word] of added.entries())
    if (isEmpty(word)) notes.wrong(['keywords', 'add', index], { rule, got: JSON.stringify(word), next: 'Take it out.' });
}

interface Added {
  known: ReadonlyMap<string, string>;
  removed: ReadonlySet<string>;
  notes: Notes;
}

function checkAdded(words: readonly string[], { known, removed, notes }: Added): void {
  for (const [index, word] of words.entries()) {
    const folded = word.toLowerCase();
    if (!known.has(folded) || removed.has(folded)) continue;
    const rule = 'to be a keyword that the list lacks';
    notes.wrong(['keywords', 'add', index], { rule, got: JSON.stringify(word), next: 'Take it out.' });
  }
}
