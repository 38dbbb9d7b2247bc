import type { ByteMatcher } from '../../methods/keywords';

/** What a byte matcher says of a text without markup, one character after the other. */
export function findsInBytes({ classes, shift, next, mark, start, step, goesOn }: ByteMatcher, text: string): boolean {
  const bytes = Buffer.from(`${text} `);
  let [state, at] = [start, 0];
  for (const character of bytes.toString()) {
    const code = character.codePointAt(0)!;
    state = code < 0x80 ? next[(state << shift) | classes[code]!]! : step(state, code);
    at += Buffer.byteLength(character);
    if (state >= mark && goesOn(state - mark, bytes, at)) return true;
    if (state >= mark) state -= mark;
  }
  return false;
}
