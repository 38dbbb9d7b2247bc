/** Search form of a text: marks and case dropped, one blank between words and at both ends. */
export function folded(text: string): string {
  const letters = text
    .normalize('NFKD')
    .replace(/[\p{M}\u00ad\u200b-\u200d\u2060\ufeff]/gu, '')
    .toLowerCase();
  return ` ${letters.replace(/[^\p{L}\p{N}]+/gu, ' ').trim()} `;
}
