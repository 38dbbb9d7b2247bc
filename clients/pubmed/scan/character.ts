import { MarkupError } from '../markup-error';
import { decodeReferences } from '../references';

/** No reference to a character is longer: `&#x0010ffff;`. */
const LONGEST = 16;
const SEMICOLON = 0x3b;

/** The character that the reference at `at` stands for, and the place behind it; null if it is none that this reader knows. */
export function readReference(bytes: Buffer, at: number): { codePoint: number; behind: number } | null {
  const close = bytes.indexOf(SEMICOLON, at);
  if (close < 0 || close - at > LONGEST) return null;
  try {
    return { codePoint: decodeReferences(bytes.toString('latin1', at, close + 1)).codePointAt(0)!, behind: close + 1 };
  } catch (error) {
    if (error instanceof MarkupError) return null;
    throw error;
  }
}

/** Bytes of the UTF-8 character that begins with this byte. */
export function widthOf(byte: number): number {
  return byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
}

/** The character at a place of valid UTF-8. */
export function readCharacter(bytes: Uint8Array, at: number): number {
  const lead = bytes[at]!;
  if (lead < 0xe0) return ((lead & 0x1f) << 6) | low(bytes, at + 1);
  if (lead < 0xf0) return ((lead & 0x0f) << 12) | (low(bytes, at + 1) << 6) | low(bytes, at + 2);
  return ((lead & 0x07) << 18) | (low(bytes, at + 1) << 12) | (low(bytes, at + 2) << 6) | low(bytes, at + 3);
}

function low(bytes: Uint8Array, at: number): number {
  return bytes[at]! & 0x3f;
}
