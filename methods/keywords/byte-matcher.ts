import type { Automaton } from './automaton';
import { foldPiece } from './fold';
import { mayFollow } from './opening';

/**
 * An automaton over the UTF-8 bytes of unfolded XML text, folding as it goes. For each byte the state becomes
 * `next[(state << shift) | classes[byte]]`. A value of `mark` or more means a stop: at "<", "&", a control character and every byte beyond
 * ASCII nothing was read, and the rest of the value is the state as it was: decode the character and go on with `step`. At any other byte, a
 * needle has been found.
 */
export interface ByteMatcher {
  readonly classes: Uint8Array;
  readonly shift: number;
  readonly next: Uint16Array | Uint32Array;
  readonly mark: number;
  /** The state at the beginning of a text. */
  readonly start: number;
  /** The state after one character, `mark` or more when a needle has been found. Vanishing characters leave the state as it is. */
  step(state: number, codePoint: number): number;
  /** Whether the needle found on arriving in a state goes on as it should, behind it. False only where it does not. */
  goesOn(state: number, bytes: Uint8Array, behind: number): boolean;
}

const NARROW = 0x8000;
const BLANK = 0x20;
const STOP = 0;
/** Latin, Greek, punctuation, symbols: what is folded over and over. */
const FREQUENT = 0x3000;
/** What begins markup, and the characters that XML forbids. */
const STOPS = /[<&\u0000-\u0008\u000b\u000c\u000e-\u001f]/;

/** By the value of a needle: what may follow it, one of which must. */
type Rests = readonly (readonly string[])[];

/**
 * Makes the table of an automaton. It finds in the bytes of a text what `scan` finds in the folded text between two blanks. Bytes go by
 * class, so that a state's row is one line of the cache and the rows of a text's states lie together in it.
 */
export function byteMatcher(automaton: Automaton, rests: Rests = []): ByteMatcher {
  const mark = automaton.states < NARROW ? NARROW : 0x8000_0000;
  const { classes, units } = classify(automaton);
  const shift = Math.ceil(Math.log2(units.length));
  const next = new (mark === NARROW ? Uint16Array : Uint32Array)(automaton.states << shift);
  const marked = (state: number): number => (automaton.values(state).length > 0 ? state + mark : state);
  const afterBlank = afterBlanks(automaton);
  for (let state = 0; state < automaton.states; state++) {
    const row = state << shift;
    next[row | STOP] = state + mark;
    // A run of separators is one: behind a blank, the next changes nothing.
    for (let one = STOP + 1; one < units.length; one++)
      next[row | one] = units[one] === BLANK && afterBlank.has(state) ? state : marked(automaton.next(state, units[one]!));
  }
  const step = stepper(automaton, { afterBlank, mark });
  return { classes, shift, next, mark, start: automaton.next(0, BLANK), step, goesOn: goesOn(automaton, rests) };
}

function goesOn(automaton: Automaton, rests: Rests): ByteMatcher['goesOn'] {
  const byState = new Map<number, readonly string[]>();
  for (let state = 0; state < automaton.states; state++) {
    const all = automaton.values(state).flatMap((value) => rests[value] ?? ['']);
    if (all.length > 0 && !all.includes('')) byState.set(state, all);
  }
  return (state, bytes, behind) => byState.get(state)?.some((rest) => mayFollow(rest, bytes, behind)) ?? true;
}

/** The class of each byte, and the folded unit that stands for each class. */
function classify(automaton: Automaton): { classes: Uint8Array; units: number[] } {
  const classes = new Uint8Array(256).fill(STOP);
  const known = new Map<number, number>();
  const units = [-1];
  for (let byte = 0; byte < 0x80; byte++) {
    const character = String.fromCharCode(byte);
    if (STOPS.test(character)) continue;
    const unit = foldPiece(character).charCodeAt(0);
    const read = automaton.classOf(unit);
    if (!known.has(read)) known.set(read, units.push(unit) - 1);
    classes[byte] = known.get(read)!;
  }
  return { classes, units };
}

/** The states in which the text read so far ends with a blank. */
function afterBlanks(automaton: Automaton): Set<number> {
  return new Set(Array.from({ length: automaton.states }, (_, state) => automaton.next(state, BLANK)).filter((state) => state !== 0));
}

function stepper(automaton: Automaton, { afterBlank, mark }: { afterBlank: ReadonlySet<number>; mark: number }): ByteMatcher['step'] {
  const folded: (string | undefined)[] = new Array<undefined>(FREQUENT);
  const pieceOf = (codePoint: number): string => foldPiece(String.fromCodePoint(codePoint));
  return (from, codePoint) => {
    const piece = codePoint < FREQUENT ? (folded[codePoint] ??= pieceOf(codePoint)) : pieceOf(codePoint);
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
