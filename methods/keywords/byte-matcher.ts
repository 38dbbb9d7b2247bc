import type { Automaton } from './automaton';
import { foldPiece } from './fold';

/**
 * An automaton over the UTF-8 bytes of unfolded text, folding as it goes. One lookup a byte: `next[(state << 8) | byte]`. A value of `mark`
 * or more means a stop: with a byte of `stops`, nothing was read and the rest of the value is the state as it was; with any other byte, a
 * needle has been found. Every byte beyond ASCII is a stop: decode the character and go on with `step`.
 */
export interface ByteMatcher {
  readonly next: Uint16Array | Uint32Array;
  readonly mark: number;
  /** The state at the beginning of a text. */
  readonly start: number;
  /** The state after one character, `mark` or more when a needle has been found. Vanishing characters leave the state as it is. */
  step(state: number, codePoint: number): number;
}

/** What ASCII bytes are beside letters, digits and separators. */
export interface ByteRules {
  /** Bytes that the caller wants to see: the "<" and "&" of markup. */
  readonly stops: string;
  /** Whether a line break ends a text and begins the next (plain text), or parts two words (markup). */
  readonly lineBreak: 'text' | 'word';
}

const WIDTH = 256;
const NARROW = 0x8000;
const BLANK = 0x20;
/** XML forbids them; in plain text they are separators. */
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/;

/** Makes the table of an automaton. It finds in the bytes of a text what `scan` finds in the folded text between two blanks. */
export function byteMatcher(automaton: Automaton, rules: ByteRules): ByteMatcher {
  const mark = automaton.states < NARROW ? NARROW : 0x8000_0000;
  const next = new (mark === NARROW ? Uint16Array : Uint32Array)(automaton.states * WIDTH);
  const start = automaton.next(0, BLANK);
  const marked = (state: number): number => (automaton.values(state).length > 0 ? state + mark : state);
  const afterBlank = afterBlanks(automaton);
  const readings = asciiReadings(rules);
  for (let state = 0; state < automaton.states; state++) {
    const row = next.subarray(state * WIDTH, (state + 1) * WIDTH).fill(state + mark);
    for (const { byte, unit, ends } of readings) {
      // A run of separators is one: behind a blank, the next changes nothing.
      const then = unit === BLANK && afterBlank.has(state) ? state : marked(automaton.next(state, unit));
      row[byte] = ends && then < mark ? start : then;
    }
  }
  return { next, mark, start, step: stepper(automaton, { afterBlank, mark }) };
}

/** The ASCII bytes that are read, with what they fold to, and whether they end a text. */
function asciiReadings(rules: ByteRules): { byte: number; unit: number; ends: boolean }[] {
  const characters = Array.from({ length: 0x80 }, (_, byte) => String.fromCharCode(byte)).filter((one) => !isStop(one, rules));
  return characters.map((one) => ({
    byte: one.charCodeAt(0),
    unit: foldPiece(one).charCodeAt(0),
    ends: rules.lineBreak === 'text' && /[\n\r]/.test(one),
  }));
}

function isStop(character: string, { stops, lineBreak }: ByteRules): boolean {
  return stops.includes(character) || (lineBreak === 'word' && CONTROL.test(character));
}

/** The states in which the text read so far ends with a blank. */
function afterBlanks(automaton: Automaton): Set<number> {
  return new Set(Array.from({ length: automaton.states }, (_, state) => automaton.next(state, BLANK)).filter((state) => state !== 0));
}

function stepper(automaton: Automaton, { afterBlank, mark }: { afterBlank: ReadonlySet<number>; mark: number }): ByteMatcher['step'] {
  const folded = new Map<number, string>();
  return (from, codePoint) => {
    let piece = folded.get(codePoint);
    if (piece === undefined) folded.set(codePoint, (piece = foldPiece(String.fromCodePoint(codePoint))));
    let state = from;
    let found = false;
    for (let at = 0; at < piece.length; at++) {
      const unit = piece.charCodeAt(at);
      if (unit === BLANK && afterBlank.has(state)) continue;
      state = automaton.next(state, unit);
      found ||= automaton.values(state).length > 0;
    }
    return found ? state + mark : state;
  };
}
