import { fold } from './fold';

/**
 * How a phrase with wildcards begins, and the rest of it, in the marks of Web of Science: "support" and "* vector* machine*". Whoever finds the
 * beginning, in bytes, looks on from there, for the beginning alone may be a frequent word.
 */
export interface Opening {
  readonly phrase: string;
  readonly rest: string;
}

/** What ends the stretch in which bytes are letters: markup, other scripts, control characters. */
const other = /[^\u0009\u000a\u000d\u0020-\u007e]|[<&]/;
const folded = Array.from({ length: 256 }, (_, byte) => {
  const character = String.fromCharCode(byte);
  return other.test(character) ? null : fold(character);
});

/** Whether the rest of a phrase may stand in the bytes: false only where it does not, true also where bytes alone do not tell. */
export function mayFollow(rest: string, bytes: Uint8Array, from: number): boolean {
  let at = from;
  const letter = (): string | null => folded[bytes[at] ?? 0]!;
  for (let place = 0; place < rest.length; place++) {
    const [wanted, read] = [rest[place]!, letter()];
    const isFree = wanted === '*' || wanted === '$';
    if (read === null || (isFree && rest[place + 1] !== ' ')) return true;
    if (wanted === '*') while (letter()) at++;
    else if (wanted === '$') at += read === '' ? 0 : 1;
    else if (wanted === ' ' && read === '') while (letter() === '') at++;
    else if (read !== '' && (wanted === '?' || wanted === read)) at++;
    else return false;
  }
  return true;
}
