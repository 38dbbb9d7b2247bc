/** An OpenAlex abstract: each word with the positions where it stands. */
export type InvertedIndex = Readonly<Record<string, readonly number[]>>;

const tags = /<\/?(?:jats:)?[a-z][a-z0-9:-]*(?:\s[^<>]*)?\/?>/giu;

/**
 * The text of an OpenAlex abstract: words in the order of their positions, joined with one blank, markup taken out. Positions without
 * a word leave nothing. Empty for an empty index. A long abstract may be cut: OpenAlex keeps 32,760 bytes.
 */
export function invertedIndexToText(index: InvertedIndex): string {
  const placed = Object.entries(index).flatMap(([word, positions]) => positions.map((position) => ({ word, position })));
  const text = placed.sort((a, b) => a.position - b.position).map(({ word }) => word);
  return text.join(' ').replace(tags, ' ').replace(/\s+/gu, ' ').trim();
}
