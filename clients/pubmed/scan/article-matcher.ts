import type { Held } from './article-texts';
import { Lane } from './lane';
import type { Member } from './members';
import type { TextMatcher } from './text-matcher';

/** A lane without an article. */
const IDLE = -1;

/**
 * Decides of which articles title or abstract match, each part of an abstract being a text of its own. Two articles are read in turns, byte
 * by byte: each step has to wait for the one before it in the same text, and the processor has time for another text meanwhile.
 */
export class ArticleMatcher {
  readonly #left: Lane;
  readonly #right: Lane;

  constructor(readonly matcher: TextMatcher) {
    this.#left = new Lane(matcher);
    this.#right = new Lane(matcher);
  }

  /** For each member, whether it is an article that matches, or one of which only a full reading can tell. Throws Unusual, with a place in the bytes. */
  match(held: Held, members: readonly Member[]): boolean[] {
    const matched = members.map(({ kind, awkward }) => kind === 'article' && awkward);
    let waiting = 0;
    const goOn = (lane: Lane): void => {
      if (lane.article !== IDLE) matched[lane.article] = lane.verdict!;
      for (lane.article = IDLE; lane.article === IDLE && waiting < members.length; waiting++) {
        const { kind, start, end, awkward } = members[waiting]!;
        if (kind !== 'article' || awkward) continue;
        lane.begin(held, start, end);
        if (lane.verdict === null) lane.article = waiting;
        else matched[waiting] = lane.verdict;
      }
    };
    const [left, right] = [this.#left, this.#right];
    left.article = right.article = IDLE;
    goOn(left);
    goOn(right);
    while (left.article !== IDLE && right.article !== IDLE) goOn(this.#inTurns(held.bytes));
    while (left.article !== IDLE) goOn(this.#alone(left, held.bytes));
    while (right.article !== IDLE) goOn(this.#alone(right, held.bytes));
    return matched;
  }

  /** Reads until one article is decided. @returns its lane */
  #inTurns(bytes: Uint8Array): Lane {
    const { classes, shift, next, mark } = this.matcher;
    const [left, right] = [this.#left, this.#right];
    for (;;) {
      let { at, state } = left;
      let { at: otherAt, state: otherState } = right;
      let after = 0;
      let otherAfter = 0;
      for (; ; at++, otherAt++) {
        after = next[(state << shift) | classes[bytes[at]!]!]!;
        otherAfter = next[(otherState << shift) | classes[bytes[otherAt]!]!]!;
        if (((after | otherAfter) & mark) !== 0) break;
        state = after;
        otherState = otherAfter;
      }
      left.at = at;
      left.state = state;
      right.at = otherAt;
      right.state = otherState;
      const stopped = after >= mark ? left : right;
      stopped.pass();
      if (stopped.verdict !== null) return stopped;
    }
  }

  #alone(lane: Lane, bytes: Uint8Array): Lane {
    const { classes, shift, next, mark } = this.matcher;
    while (lane.verdict === null) {
      let { at, state } = lane;
      for (let after = 0; (after = next[(state << shift) | classes[bytes[at]!]!]!) < mark; at++) state = after;
      lane.at = at;
      lane.state = state;
      lane.pass();
    }
    return lane;
  }
}
