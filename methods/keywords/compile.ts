import { entryOf, type Alternative, type Entry } from './alternatives';
import { Automaton } from './automaton';
import { byteMatcher, type ByteMatcher } from './byte-matcher';
import { fold } from './fold';
import type { Needle } from './needle';
import type { KeywordRule } from './rule';

/** A place in a record: the text as counted by the caller, and the part (line) of it, both from 0. */
export interface Place {
  readonly text: number;
  readonly part: number;
}

export interface KeywordHit {
  /** In the list's spelling. */
  readonly keyword: string;
  readonly places: readonly Place[];
}

/** A keyword list made ready to meet many texts. */
export interface KeywordMatcher {
  /**
   * The keywords that occur, in the list's spelling and order. No phrase spans two texts, nor a line break within one; null is no text.
   */
  match(texts: readonly (string | null)[]): string[];
  /** The same keywords with every place where each stands. */
  find(texts: readonly (string | null)[]): KeywordHit[];
  /** The same keywords over bytes of XML: whether any may occur. Misses none; `match` decides. */
  bytes(): ByteMatcher;
  /** All that is searched for: a record without any of these has no keyword. */
  readonly alternatives: readonly Alternative[];
}

/**
 * Compiles a keyword list. Source: paper, Methods ("containing any of them in either the title or abstract"); the rules the paper leaves
 * open are parameters, `docs/methods/keywords.md`. Throws if an entry has neither letter nor digit.
 */
export function compileKeywords(keywords: readonly string[], rule: KeywordRule): KeywordMatcher {
  const list = [...new Set(keywords)];
  const entries = list.map((keyword) => checkedEntry(keyword, rule));
  const phrases = entries.flatMap((entry, index) => phrasesOf(entry, index));
  const automaton = new Automaton(phrases.flatMap(({ alternative }, id) => shapes(alternative).map((text): Needle => [text, id])));
  const written = rule.fold === 'case' ? (text: string) => text.toLowerCase() : fold;
  const find = (texts: readonly (string | null)[]): KeywordHit[] => hitsOf(list, { phrases, found: scan(texts, automaton, written) });
  return {
    match: (texts) => find(texts).map(({ keyword }) => keyword),
    find,
    // Bytes are folded as they are read, in all respects.
    bytes: () => (rule.fold === 'case' ? compileKeywords(keywords, { ...rule, fold: 'all' }).bytes() : byteMatcher(automaton)),
    alternatives: entries.flatMap(({ any }) => any),
  };
}

/** Whether a record has any of these phrases (without what `confirm` asks besides): one pass that most records do not survive. */
export function compileSearch(alternatives: readonly Alternative[]): {
  occurs(texts: readonly (string | null)[]): boolean;
  bytes(): ByteMatcher;
} {
  const automaton = new Automaton(alternatives.flatMap((alternative) => shapes(alternative).map((text): Needle => [text, 0])));
  return { occurs: (texts) => scan(texts, automaton, fold).length > 0, bytes: () => byteMatcher(automaton) };
}

interface Phrase {
  readonly alternative: Alternative;
  readonly entry: number;
  /** Whether finding it rules the entry out. */
  readonly unwanted: boolean;
}

interface Found {
  readonly id: number;
  readonly place: Place;
  /** The folded part between two blanks. */
  readonly padded: string;
}

function checkedEntry(keyword: string, rule: KeywordRule): Entry {
  const entry = entryOf(keyword, rule);
  if (entry.any.length > 0) return entry;
  throw new Error(`Expected a keyword with a letter or digit, got ${JSON.stringify(keyword)} (keyword list). Remove it.`);
}

function phrasesOf({ any, none }: Entry, entry: number): Phrase[] {
  return [
    ...any.map((alternative) => ({ alternative, entry, unwanted: false })),
    ...none.map((alternative) => ({ alternative, entry, unwanted: true })),
  ];
}

/** Folded texts are scanned between two blanks, so that a blank in a needle stands for the border of a word. */
function shapes({ phrase, end }: Alternative): string[] {
  const needles: Record<KeywordRule['end'], string[]> = {
    exact: [` ${phrase} `],
    plural: [` ${phrase} `, ` ${phrase}s `],
    prefix: [` ${phrase}`],
    substring: [phrase],
  };
  return needles[end];
}

function scan(texts: readonly (string | null)[], automaton: Automaton, written: (text: string) => string): Found[] {
  const found: Found[] = [];
  for (const [text, whole] of texts.entries()) {
    for (const [part, line] of (whole?.split(/[\r\n]+/) ?? []).entries()) {
      const padded = ` ${written(line)} `;
      const ids = new Set<number>();
      automaton.scan(padded, ids);
      for (const id of ids) found.push({ id, place: { text, part }, padded });
    }
  }
  return found;
}

/** In the order of the list. An entry with an unwanted phrase anywhere in the record does not count. */
function hitsOf(list: readonly string[], { phrases, found }: { phrases: readonly Phrase[]; found: readonly Found[] }): KeywordHit[] {
  if (found.length === 0) return [];
  const places = new Map<number, Place[]>();
  const ruledOut = new Set<number>();
  for (const { id, place, padded } of found) {
    const { alternative, entry, unwanted } = phrases[id]!;
    if (alternative.confirm !== null && !alternative.confirm.test(padded)) continue;
    if (unwanted) ruledOut.add(entry);
    else places.set(entry, withPlace(places.get(entry) ?? [], place));
  }
  return [...places]
    .filter(([entry]) => !ruledOut.has(entry))
    .sort(([a], [b]) => a - b)
    .map(([entry, where]) => ({ keyword: list[entry]!, places: where }));
}

function withPlace(places: Place[], place: Place): Place[] {
  const last = places.at(-1);
  return last?.text === place.text && last.part === place.part ? places : [...places, place];
}
