import { MarkupError } from './markup-error';

const predefined: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/**
 * Decodes the five predefined entities and numeric references, once: `&amp;lt;` becomes `&lt;`. No DTD is read, so any other entity is
 * an error and never a guess: PubMed files use none.
 */
export function decodeReferences(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#x([0-9a-fA-F]+);|#([0-9]+);|([^\s&;<]+);)?/g, (whole: string, ...found: unknown[]) => {
    const [hex, decimal, name, at] = found as [string | undefined, string | undefined, string | undefined, number];
    if (hex !== undefined) return character(Number.parseInt(hex, 16), at);
    if (decimal !== undefined) return character(Number.parseInt(decimal, 10), at);
    if (name === undefined) throw new MarkupError('an "&" that begins no reference', at);
    const value = Object.hasOwn(predefined, name) ? predefined[name] : undefined;
    if (value === undefined) throw new MarkupError(`the unknown entity ${whole.slice(0, 40)}`, at);
    return value;
  });
}

/** XML 1.0 has no place for these, not even as a reference. Lone surrogates, forbidden too, cannot come out of strict UTF-8. */
export const forbiddenCharacter = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;

function character(code: number, at: number): string {
  const exists = code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
  const value = exists ? String.fromCodePoint(code) : '\0';
  if (forbiddenCharacter.test(value)) throw new MarkupError('a reference to a character that XML forbids', at);
  return value;
}
