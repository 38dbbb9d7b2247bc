export const LESS = 0x3c;
export const GREATER = 0x3e;
export const SLASH = 0x2f;
export const AMPERSAND = 0x26;
const [DOUBLE, SINGLE] = [0x22, 0x27];

export function isBlank(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

/** Whether the word stands at a place. */
export function standsAt(bytes: Uint8Array, at: number, word: Uint8Array): boolean {
  for (let index = 0; index < word.length; index++) if (bytes[at + index] !== word[index]) return false;
  return true;
}

/** Whether the byte ends a tag's name. */
export function endsName(byte: number | undefined): boolean {
  return byte === GREATER || byte === SLASH || isBlank(byte);
}

/** Place behind the tag at `at`, whose attribute values may hold a ">"; -1 if it does not end before `end`. */
export function behindTag(bytes: Uint8Array, at: number, end: number): number {
  let quote = 0;
  for (let next = at + 1; next < end; next++) {
    const byte = bytes[next]!;
    if (quote !== 0) quote = byte === quote ? 0 : quote;
    else if (byte === GREATER) return next + 1;
    else if (byte === LESS) return -1;
    else if (byte === DOUBLE || byte === SINGLE) quote = byte;
  }
  return -1;
}
