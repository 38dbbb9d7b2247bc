import { Finder } from './finder';
import type { IdTable } from './id-table';
import { byte, isTopLevel, lastBefore, skipBlank } from './json-bytes';
import type { LineBlock } from './lines';

const NAME_START = Buffer.from('"referenced_wor');
const NAME_END = 'ks"';
const ID = Buffer.from('"id"');
const ID_FIRST = Buffer.from('{"id":"https://openalex.org/W');
const ADDRESS = Buffer.from('"https://openalex.org/W');
const { quote, comma, slash, zero, nine, colon, openList, closeList, open } = byte;
const LETTER_W = 0x57;
const NONE = { number: 0, behind: 0 };

/** What a line says about the works that are looked for. */
export interface LinkFinding {
  /** `no`: it names none of them. `links`: see `cited`. `unsure`: the line is written otherwise than all known ones, so read it in full. */
  verdict: 'no' | 'links' | 'unsure';
  /** Number of the line's own work. */
  citing: number;
  /** Values of the works it cites, each once. Used again with the next line. */
  cited: number[];
}

/**
 * Reads from lines of works whom they cite, without parsing them: of the whole line only the list `referenced_works` is looked at. What stands
 * where it is not expected is never guessed at: the verdict is then `unsure`.
 */
export class LinkScanner {
  // The end of the name, for its rare letter: the search looks for the first byte.
  readonly #key = new Finder(NAME_END);
  readonly #finding: LinkFinding = { verdict: 'no', citing: 0, cited: [] };
  #buffer: Buffer = Buffer.alloc(0);

  constructor(readonly sought: IdTable) {}

  start(block: Pick<LineBlock, 'buffer' | 'length'>): void {
    this.#buffer = block.buffer;
    this.#key.start(block);
  }

  /** One line of the block, without its newline; lines come in order. */
  scan(from: number, end: number): LinkFinding {
    const finding = this.#finding;
    finding.cited.length = 0;
    finding.citing = 0;
    const list = this.#listIn(from, end);
    if (list < 0) return this.#unsure();
    const behind = this.#readList(list, end, finding.cited);
    if (behind < 0) return this.#unsure();
    finding.verdict = finding.cited.length === 0 ? 'no' : 'links';
    if (finding.verdict === 'no') return finding;
    finding.citing = this.#ownId(from, end);
    return finding.citing > 0 && isTopLevel(this.#buffer, behind, end) ? finding : this.#unsure();
  }

  #unsure(): LinkFinding {
    this.#finding.verdict = 'unsure';
    this.#finding.cited.length = 0;
    return this.#finding;
  }

  /** Behind the bracket of the one list of this name that is none of word positions; -1 if there is none, or several. */
  #listIn(from: number, end: number): number {
    let found = -1;
    for (let at = this.#key.within(from, end); at >= 0; at = this.#key.within(at + 1, end)) {
      const list = this.#listAt(at, from);
      if (list < 0) continue;
      if (found >= 0) return -1;
      found = list;
    }
    return found;
  }

  #listAt(at: number, from: number): number {
    const buffer = this.#buffer;
    const name = at - NAME_START.length;
    if (name < from || buffer[name] !== quote || buffer.compare(NAME_START, 0, NAME_START.length, name, at) !== 0) return -1;
    const before = buffer[lastBefore(buffer, name)];
    if (before !== comma && before !== open) return -1;
    const sign = skipBlank(buffer, at + NAME_END.length);
    if (buffer[sign] !== colon) return -1;
    const list = skipBlank(buffer, sign + 1);
    if (buffer[list] !== openList) return -1;
    const first = buffer[skipBlank(buffer, list + 1)]!;
    return first >= zero && first <= nine ? -1 : list + 1;
  }

  /** Adds the sought works of a list of addresses. @returns behind its bracket, or -1 if it holds anything else */
  #readList(at: number, end: number, cited: number[]): number {
    const buffer = this.#buffer;
    at = skipBlank(buffer, at);
    if (buffer[at] === closeList) return at + 1;
    while (at < end) {
      const digits = at + ADDRESS.length;
      if (buffer[at] !== quote || buffer[digits - 1] !== LETTER_W || buffer[digits - 2] !== slash) return -1;
      let number = 0;
      let next = digits;
      for (let value = buffer[next]!; value >= zero && value <= nine; value = buffer[++next]!) number = number * 10 + value - zero;
      if (buffer[next] !== quote || next - digits > 15 || next === digits) return -1;
      const found = this.sought.get(number);
      if (found !== 0 && !this.#add(found, { at, digits, cited })) return -1;
      at = next + 1;
      if (buffer[at] === comma && buffer[at + 1] === quote) at += 1;
      else {
        at = skipBlank(buffer, at);
        if (buffer[at] === closeList) return at + 1;
        if (buffer[at] !== comma) return -1;
        at = skipBlank(buffer, at + 1);
      }
    }
    return -1;
  }

  /** The address is compared only where it matters. A number with leading zeros is another id. */
  #add(found: number, { at, digits, cited }: { at: number; digits: number; cited: number[] }): boolean {
    if (this.#buffer[digits] === zero || this.#buffer.compare(ADDRESS, 0, ADDRESS.length, at, digits) !== 0) return false;
    if (!cited.includes(found)) cited.push(found);
    return true;
  }

  /** The number of the line's own id; 0 if it is not found beyond doubt. Most lines begin with it. */
  #ownId(from: number, end: number): number {
    const buffer = this.#buffer;
    if (buffer.compare(ID_FIRST, 0, ID_FIRST.length, from, from + ID_FIRST.length) === 0) {
      return this.#numberAt(from + ID_FIRST.length - ADDRESS.length).number;
    }
    let own = 0;
    for (let at = buffer.indexOf(ID, from); at >= 0 && at < end; at = buffer.indexOf(ID, at + 1)) {
      const sign = skipBlank(buffer, at + ID.length);
      const { number, behind } = buffer[sign] === colon ? this.#numberAt(skipBlank(buffer, sign + 1)) : NONE;
      if (number === 0 || !isTopLevel(buffer, behind, end)) continue;
      if (own !== 0) return 0;
      own = number;
    }
    return own;
  }

  /** The number of the work whose whole address stands at `at`; 0 if another text does. */
  #numberAt(at: number): { number: number; behind: number } {
    const buffer = this.#buffer;
    const digits = at + ADDRESS.length;
    if (buffer.compare(ADDRESS, 0, ADDRESS.length, at, digits) !== 0 || buffer[digits] === zero) return NONE;
    let number = 0;
    let next = digits;
    for (let value = buffer[next]!; value >= zero && value <= nine; value = buffer[++next]!) number = number * 10 + value - zero;
    return buffer[next] === quote && next - digits <= 15 ? { number, behind: next + 1 } : NONE;
  }
}
