import { STOP, type Automaton } from './automaton';
import { foldAscii, foldCharacter } from './folded-units';
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

const BLANK = 0x20;
/** What begins markup, and the characters that XML forbids. */
const STOPS = /[<&\u0000-\u0008\u000b\u000c\u000e-\u001f]/;

/** By the value of a needle: what may follow it, one of which must. */
type Rests = readonly (readonly string[])[];

/** Gives bytes to an automaton. It finds in the bytes of a text what `scan` finds in the folded text between two blanks. */
export function byteMatcher(automaton: Automaton, rests: Rests = []): ByteMatcher {
  const { next, shift, mark } = automaton;
  const classes = classesOf(automaton);
  const start = next[classes[BLANK]!]! & (mark - 1);
  return { classes, shift, next, mark, start, step: stepper(automaton), goesOn: goesOn(automaton, rests) };
}

function classesOf(automaton: Automaton): Uint8Array {
  const classes = new Uint8Array(256).fill(STOP);
  for (let byte = 0; byte < 0x80; byte++) if (!STOPS.test(String.fromCharCode(byte))) classes[byte] = automaton.classes[foldAscii(byte)]!;
  return classes;
}

function goesOn(automaton: Automaton, rests: Rests): ByteMatcher['goesOn'] {
  const byState = new Map<number, readonly string[]>();
  for (const state of automaton.ending) {
    const all = automaton.values(state).flatMap((value) => rests[value] ?? ['']);
    if (!all.includes('')) byState.set(state, all);
  }
  return (state, bytes, behind) => byState.get(state)?.some((rest) => mayFollow(rest, bytes, behind)) ?? true;
}

function stepper({ classes, next, shift, mark }: Automaton): ByteMatcher['step'] {
  return (from, codePoint) => {
    const piece = foldCharacter(codePoint);
    let state = from;
    let found = 0;
    for (let at = 0; at < piece.length; at++) {
      const after = next[(state << shift) | classes[piece.charCodeAt(at)]!]!;
      if (after >= mark) found = mark;
      state = after & (mark - 1);
    }
    return state + found;
  };
}
