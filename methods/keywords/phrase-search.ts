import type { Alternative } from './alternatives';
import { Automaton } from './automaton';
import { byteMatcher, type ByteMatcher } from './byte-matcher';
import { fold } from './fold';
import type { KeywordRule } from './rule';

/** A place in a record: the text as counted by the caller, and the part (line) of it, both from 0. */
export interface Place {
  readonly text: number;
  readonly part: number;
}

/** What is sought, and whatever its owner keeps with it. */
interface Sought {
  readonly alternative: Alternative;
}

export interface Found<P> {
  readonly phrase: P;
  readonly place: Place;
}

/** Looks for many phrases, of one list or of several, in one pass: a text is folded once and read once. */
export class PhraseSearch<P extends Sought> {
  readonly #automaton: Automaton;
  /** By the number of a needle: lists that are alike in most rules share most of them. */
  readonly #phrases: P[][];

  constructor(phrases: readonly P[]) {
    const byNeedle = new Map<string, P[]>();
    for (const phrase of phrases)
      for (const needle of needlesOf(phrase.alternative)) byNeedle.set(needle, [...(byNeedle.get(needle) ?? []), phrase]);
    this.#automaton = automatonOf(byNeedle.keys());
    this.#phrases = [...byNeedle.values()];
  }

  /** Every phrase with each place where it stands. No phrase spans two texts, nor a line break within one; null is no text. */
  find(texts: readonly (string | null)[]): Found<P>[] {
    return texts.flatMap((whole, text) => linesOf(whole ?? '').flatMap((line, part) => this.#inLine(line, { text, part })));
  }

  #inLine(line: string, place: Place): Found<P>[] {
    // Between two blanks, so that a blank in a needle stands for the border of a word.
    const folded = ` ${fold(line)} `;
    const ids = new Set<number>();
    this.#automaton.scan(folded, ids);
    if (ids.size === 0) return [];
    const written = { all: folded, case: ` ${line.toLowerCase()} ` };
    const found = new Set([...ids].flatMap((id) => this.#phrases[id]!));
    const confirmed = [...found].filter(({ alternative: { confirm } }) => confirm === null || confirm.holds(written[confirm.fold]));
    return confirmed.map((phrase) => ({ phrase, place }));
  }
}

/** Most texts are one line, and seeing so takes a tenth of splitting them. */
function linesOf(text: string): string[] {
  return text.includes('\n') || text.includes('\r') ? text.split(/[\r\n]+/) : [text];
}

/** Whether any of the phrases may occur, over bytes of XML: misses none, a `PhraseSearch` decides. */
export function anyInBytes(alternatives: readonly Alternative[]): ByteMatcher {
  const rests = new Map<string, Set<string>>();
  for (const alternative of alternatives)
    for (const [needle, rest] of openingsOf(alternative)) rests.set(needle, (rests.get(needle) ?? new Set()).add(rest));
  return byteMatcher(
    automatonOf(rests.keys()),
    [...rests.values()].map((some) => [...some]),
  );
}

function openingsOf(alternative: Alternative): [needle: string, rest: string][] {
  const { opening } = alternative;
  return opening === null ? needlesOf(alternative).map((needle) => [needle, '']) : [[` ${opening.phrase}`, opening.rest]];
}

function automatonOf(needles: Iterable<string>): Automaton {
  return new Automaton([...needles].map((needle, id) => [needle, id]));
}

function needlesOf({ phrase, end }: Alternative): string[] {
  const needles: Record<KeywordRule['end'], string[]> = {
    exact: [` ${phrase} `],
    plural: [` ${phrase} `, ` ${phrase}s `],
    prefix: [` ${phrase}`],
    substring: [phrase],
  };
  return needles[end];
}
