import { alternatives } from './alternatives';
import { Automaton } from './automaton';
import { byteMatcher, type ByteMatcher } from './byte-matcher';
import { fold } from './fold';
import type { Needle } from './needle';
import type { KeywordRule } from './rule';

/** A keyword list made ready to meet many texts. */
export interface KeywordMatcher {
  /**
   * The keywords that occur, in the list's spelling and order. No phrase spans two texts, nor a line break within one; null is no text.
   */
  match(texts: readonly (string | null)[]): string[];
  /** The same keywords over bytes of XML: whether any occurs. */
  bytes(): ByteMatcher;
}

/**
 * Compiles a keyword list. Source: paper, Methods ("containing any of them in either the title or abstract"); the rules the paper leaves
 * open are `text-rules.md` of the design, "Matching a keyword". Throws if an entry has neither letter nor digit.
 */
export function compileKeywords(keywords: readonly string[], rule: KeywordRule): KeywordMatcher {
  const list = [...new Set(keywords)];
  const automaton = new Automaton(list.flatMap((keyword, index) => needles(keyword, rule).map((text): Needle => [text, index])));
  return {
    match: (texts) => inOrder(list, scanTexts(automaton, texts)),
    bytes: () => byteMatcher(automaton),
  };
}

/** Folded texts are scanned between two blanks, so that a blank in a needle stands for the border of a word. */
function needles(keyword: string, { end, spelling }: KeywordRule): string[] {
  const phrases = alternatives(keyword, { end, spelling });
  if (phrases.length === 0)
    throw new Error(`Expected a keyword with a letter or digit, got ${JSON.stringify(keyword)} (keyword list). Remove it.`);
  const shapes: Record<KeywordRule['end'], (phrase: string) => string[]> = {
    exact: (phrase) => [` ${phrase} `],
    plural: (phrase) => [` ${phrase} `, ` ${phrase}s `],
    prefix: (phrase) => [` ${phrase}`],
    substring: (phrase) => [phrase],
  };
  return phrases.flatMap(shapes[end]);
}

function scanTexts(automaton: Automaton, texts: readonly (string | null)[]): Set<number> {
  const found = new Set<number>();
  for (const text of texts) {
    for (const part of text?.split(/[\r\n]+/) ?? []) automaton.scan(` ${fold(part)} `, found);
  }
  return found;
}

function inOrder(list: readonly string[], found: Set<number>): string[] {
  return found.size === 0 ? [] : list.filter((_, index) => found.has(index));
}
