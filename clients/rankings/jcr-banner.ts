/** What the lines above the header of a JCR export say. */
export interface JcrBanner {
  year: number | null;
  /** The single category of an older export. */
  category: string | null;
  /** "SCIE" or "SCIE, SSCI"; empty when not named. */
  editions: string;
}

/** Reads year, category and editions; the year in the column `2020 JIF` goes before the banner's. */
export function readBanner(lines: readonly string[], header: readonly string[]): JcrBanner {
  const text = lines.join(' ');
  const inColumn = header.map((name) => /^(\d{4}) JIF$/u.exec(name)?.[1]).find((year) => year !== undefined);
  const year = inColumn ?? /Selected JCR Year:\s*(\d{4})/u.exec(text)?.[1];
  const category = /Selected Categor(?:y|ies):\s*'?(.+?)'?\s*(?:Selected |$)/u.exec(text)?.[1];
  const editions = /Selected Editions:\s*(.*?)\s*(?:Selected |$)/u.exec(text)?.[1];
  return {
    year: year === undefined ? null : Number(year),
    category: category === undefined ? null : decode(category),
    editions: (editions ?? '').replace(/['"]|,\s*$/gu, ''),
  };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' ')).trim();
  } catch {
    return text; // a percent sign that encodes nothing
  }
}
