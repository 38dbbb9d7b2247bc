/** The abstract as text: words by position, joined with one blank, tags cleaned away. Null if there is none. Cut at 32,760 bytes by OpenAlex. */
export function readAbstract(index: Record<string, number[]> | null): string | null {
  if (index === null) return null;
  const places = Object.entries(index).flatMap(([word, positions]) => positions.map((position) => ({ word, position })));
  places.sort((a, b) => a.position - b.position);
  const text = places.map(({ word }) => word).join(' ');
  const clean = text
    .replace(/<\/?[A-Za-z][^<>]*>/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  return clean === '' ? null : clean;
}
