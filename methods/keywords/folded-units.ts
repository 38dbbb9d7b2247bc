import { foldPiece } from './fold';

const ASCII = 0x80;
const BLANK = ' '.charCodeAt(0);
/** Latin, Greek, punctuation, symbols: what is folded over and over. */
const FREQUENT = 0x3000;
const folded: (string | undefined)[] = new Array<undefined>(FREQUENT);
const plain = Uint16Array.from({ length: ASCII }, (_, unit) => foldPiece(String.fromCharCode(unit)).charCodeAt(0));

/** What folding makes of one character: nothing, a blank, or letters. */
export function foldCharacter(codePoint: number): string {
  if (codePoint >= FREQUENT) return foldPiece(String.fromCodePoint(codePoint));
  return (folded[codePoint] ??= foldPiece(String.fromCodePoint(codePoint)));
}

/** The unit that a character of ASCII is folded to. */
export function foldAscii(unit: number): number {
  return plain[unit]!;
}

/** A folded text between two blanks, so that a blank stands for the border of a word. Many texts are read into the same units. */
export class FoldedUnits {
  units = new Uint16Array(4096);
  length = 0;

  read(text: string): void {
    this.#makeRoom(text.length + 2);
    this.units[0] = BLANK;
    this.length = 1;
    for (let at = 0; at < text.length; at++) {
      const unit = text.charCodeAt(at);
      if (unit < ASCII) this.#add(plain[unit]!);
      else at += this.#addForeign(text.codePointAt(at)!, text.length - at) - 1;
    }
    this.#add(BLANK);
  }

  toString(): string {
    return Buffer.from(this.units.buffer, 0, this.length * Uint16Array.BYTES_PER_ELEMENT).toString('utf16le');
  }

  #add(unit: number): void {
    if (unit !== BLANK || this.units[this.length - 1] !== BLANK) this.units[this.length++] = unit;
  }

  /** @returns the units that the character took in the text */
  #addForeign(codePoint: number, left: number): number {
    const piece = foldCharacter(codePoint);
    this.#makeRoom(this.length + piece.length + left + 1);
    for (let at = 0; at < piece.length; at++) this.#add(piece.charCodeAt(at));
    return codePoint > 0xffff ? 2 : 1;
  }

  #makeRoom(room: number): void {
    if (room <= this.units.length) return;
    const { units } = this;
    this.units = new Uint16Array(2 * room);
    this.units.set(units);
  }
}
