/** Marks, and what is displayed by nothing at all; the fillers of Hangul are ignorable too, but letters. */
const vanishing = /(?:\p{M}|(?!\p{L})\p{Default_Ignorable_Code_Point})+/gu;
const separators = /[^\p{L}\p{N}]+/gu;
const foreign = /[^\u0000-\u007f]+/g;
/** Of ASCII, and of what other characters fold to. */
const plainSeparators = /[\u0000-\u002f\u003a-\u0060\u007b-\u007f]+/g;

/**
 * Text as keywords see it: compatibility forms (NFKD) without marks, case folded; soft hyphens and zero-width characters vanish; every run of
 * what is neither letter nor digit, of any script, is one blank; none at the ends. Folding twice changes nothing.
 */
export function fold(text: string): string {
  return foldPiece(text).trim();
}

/**
 * The same for a piece of a text: a blank at its ends stands, for it may part words there. Pieces fold alone as they do within the whole, so
 * Unicode's rules are asked for what is not ASCII only.
 */
export function foldPiece(text: string): string {
  return text.replace(foreign, foldForeign).toLowerCase().replace(plainSeparators, ' ');
}

function foldForeign(text: string): string {
  return foldCase(text.normalize('NFKD').replace(vanishing, '')).replace(separators, ' ');
}

/** Unicode's full case folding where it differs from lower case: ß is ss, and a sigma is the same at the end of a word. */
function foldCase(text: string): string {
  return text.toLowerCase().replaceAll('ß', 'ss').replaceAll('ς', 'σ');
}
