import type { KeywordRule } from './rule';

/** What a text must satisfy besides having a phrase in it, folded so and between two blanks. */
export interface Confirmation {
  readonly fold: 'all' | 'case';
  holds(text: string): boolean;
}

/** Most expressions are never asked for, and making them takes longer than all else. */
export function confirmation(fold: Confirmation['fold'], make: () => RegExp): Confirmation {
  let expression: RegExp | null = null;
  return { fold, holds: (text) => (expression ??= make()).test(text) };
}

/**
 * A phrase that stands in text folded by case alone, with the borders of words that its end asks for. Such text keeps its punctuation, so no
 * blank stands for a border.
 */
export function standsByCase(phrase: string, end: KeywordRule['end']): Confirmation {
  const isBordered = (text: string, at: number): boolean => {
    const behind = at + phrase.length;
    if (end !== 'substring' && isLetterBefore(text, at)) return false;
    if (end === 'prefix' || end === 'substring' || !isLetterAt(text, behind)) return true;
    return end === 'plural' && text[behind] === 's' && !isLetterAt(text, behind + 1);
  };
  const holds = (text: string): boolean => {
    for (let at = text.indexOf(phrase); at >= 0; at = text.indexOf(phrase, at + 1)) if (isBordered(text, at)) return true;
    return false;
  };
  return { fold: 'case', holds };
}

const letter = /[\p{L}\p{N}]/u;

function isLetterAt(text: string, at: number): boolean {
  return letter.test(String.fromCodePoint(text.codePointAt(at) ?? 0));
}

/** A character beyond 16 bits takes two places, of which the second alone is no letter. */
function isLetterBefore(text: string, at: number): boolean {
  return isLetterAt(text, at - 1) || (at > 1 && text.codePointAt(at - 2)! > 0xffff && isLetterAt(text, at - 2));
}
