import type { Alternative } from './alternatives';
import { confirmation } from './confirmation';
import { fold } from './fold';
import type { Opening } from './opening';

/** What each mark of Web of Science stands for inside one word of folded text. Source: Web of Science help, "Wildcards". */
const marks: Readonly<Record<string, string>> = { '*': '[^ ]*', '?': '[^ ]', $: '[^ ]?' };

const betweenWords = /[^\p{L}\p{N}\p{M}\p{Default_Ignorable_Code_Point}*?$]+/u;

/**
 * A phrase with wildcards: `*` any run of letters, `?` exactly one, `$` one or none, in any place of a word; hyphens are blanks; words without
 * marks are exact, since quoted phrases are not lemmatised there. Empty if the phrase has neither letter nor digit.
 */
export function wildcardAlternative(phrase: string): Alternative[] {
  const words = phrase
    .split(betweenWords)
    .filter((word) => word !== '')
    .map((word) => word.split(/([*?$])/).map((piece) => (piece in marks ? piece : fold(piece))));
  // Borders of words are blanks, as in the text; an asterisk at the end needs none.
  const pieces = [' ', ...words.flatMap((word, index) => [...(index === 0 ? [] : [' ']), ...word]), ' '];
  const runs = literalRuns(pieces);
  const needle = runs.toSorted((a, b) => b.trim().length - a.trim().length)[0] ?? '';
  if (needle.trim() === '') return [];
  const end = !needle.startsWith(' ') ? 'substring' : needle.endsWith(' ') ? 'exact' : 'prefix';
  if (runs.length === 1 && isWhole(pieces, end)) return [{ phrase: needle.trim(), end, confirm: null, opening: null }];
  return [{ phrase: needle.trim(), end, confirm: confirmation('all', () => expression(pieces)), opening: openingOf(pieces) }];
}

/** Null if the phrase begins with a mark. */
function openingOf(pieces: readonly string[]): Opening | null {
  const written = pieces.join('');
  const [opening = ''] = /^[^*?$]*/.exec(written) ?? [];
  return opening.trim() === '' ? null : { phrase: opening.trimStart(), rest: written.slice(opening.length) };
}

/** The letters between the marks, borders of words as blanks. */
function literalRuns(pieces: readonly string[]): string[] {
  return pieces
    .map((piece) => (piece in marks ? '\n' : piece))
    .join('')
    .split('\n')
    .filter((run) => run.trim() !== '');
}

/** Whether finding the one run is already a match: no mark at all, or nothing but an asterisk at the end. */
function isWhole(pieces: readonly string[], end: Alternative['end']): boolean {
  const used = pieces.filter((piece) => piece in marks);
  return used.length === 0 || (end === 'prefix' && used.length === 1 && used[0] === '*' && pieces.at(-3) === '*');
}

function expression(pieces: readonly string[]): RegExp {
  return new RegExp(pieces.map((piece) => marks[piece] ?? piece).join(''), 'u');
}
