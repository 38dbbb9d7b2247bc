import type { Alternative } from './alternatives';
import { Automaton } from './automaton';
import { byteMatcher, type ByteMatcher } from './byte-matcher';
import { FoldedUnits } from './folded-units';
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
  /** What is sought, by letters: lists that are alike in most rules share most of them, and what may stand around is looked at when they are found. */
  readonly #sought: { readonly length: number; readonly phrases: P[] }[];
  readonly #folded = new FoldedUnits();

  constructor(phrases: readonly P[]) {
    const byLetters = new Map<string, P[]>();
    for (const phrase of phrases) {
      const known = byLetters.get(phrase.alternative.phrase);
      if (known === undefined) byLetters.set(phrase.alternative.phrase, [phrase]);
      else known.push(phrase);
    }
    this.#automaton = automatonOf(byLetters.keys());
    this.#sought = [...byLetters].map(([{ length }, some]) => ({ length, phrases: some }));
  }

  /** Every phrase with each place where it stands. No phrase spans two texts, nor a line break within one; null is no text. */
  find(texts: readonly (string | null)[]): Found<P>[] {
    const found: Found<P>[] = [];
    for (const [text, whole] of texts.entries())
      for (const [part, line] of linesOf(whole ?? '').entries())
        for (const phrase of this.#inLine(line)) found.push({ phrase, place: { text, part } });
    return found;
  }

  #inLine(line: string): P[] {
    const found = new Set<P>();
    this.#folded.read(line);
    this.#automaton.scan(this.#folded, (id, behind) => {
      const { length, phrases } = this.#sought[id]!;
      const fits = ends(this.#folded.units, behind - length, behind);
      for (const phrase of phrases) if (fits[phrase.alternative.end]) found.add(phrase);
    });
    return found.size === 0 ? [] : this.#confirmed([...found], line);
  }

  #confirmed(found: P[], line: string): P[] {
    const written: { all?: string; case?: string } = {};
    return found.filter(({ alternative: { confirm } }) => {
      if (confirm === null) return true;
      return confirm.holds((written[confirm.fold] ??= confirm.fold === 'all' ? String(this.#folded) : ` ${line.toLowerCase()} `));
    });
  }
}

const [BLANK, S] = [0x20, 0x73];

/** Which ends of a keyword the letters from `start` to `behind` satisfy where they stand. */
function ends(units: Uint16Array, start: number, behind: number): Record<KeywordRule['end'], boolean> {
  const begins = units[start - 1] === BLANK;
  const exact = begins && units[behind] === BLANK;
  const plural = exact || (begins && units[behind] === S && units[behind + 1] === BLANK);
  return { exact, plural, prefix: begins, substring: true };
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
