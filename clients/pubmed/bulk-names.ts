const link = /href="(?:[^"]*\/)?(pubmed\d{2}n\d{4,}\.xml\.gz)"/gi;

/** The bulk files that a folder's listing links to, each once, by year and number. Checksums, statistics and notes are not among them. */
export function bulkNames(html: string): string[] {
  const names = [...html.matchAll(link)].flatMap(([, name]) => (name === undefined ? [] : [name]));
  return [...new Set(names)].sort((a, b) => yearOf(a) - yearOf(b) || numberOf(a) - numberOf(b));
}

/** The two digits of the baseline's year: 26 of `pubmed26n0001.xml.gz`. */
export function yearOf(name: string): number {
  return Number(/^pubmed(\d{2})n/.exec(name)?.[1]);
}

/** 1 of `pubmed26n0001.xml.gz`. */
export function numberOf(name: string): number {
  return Number(/n(\d+)\./.exec(name)?.[1]);
}
