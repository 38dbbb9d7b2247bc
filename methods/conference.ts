/** A conference of the CORE ranking. `rank` as printed, trimmed: A*, A, B, C, "Australasian B", "National: USA", … */
export interface CoreRow {
  id: string;
  title: string;
  acronym: string;
  rank: string;
}

/** An OpenAlex conference source. `id` short, `S4306420609`. */
export interface ConferenceSource {
  id: string;
  title: string;
}

export interface ConferenceMatch {
  core: CoreRow | null;
  because: 'alias' | 'title' | 'acronym-year' | 'none';
}

/** Conferences of the given ranks, by equality: "A" never takes "A*" or "Australasian A" along. */
export function coreHighRanked<Row extends CoreRow>(rows: readonly Row[], ranks: readonly string[] = ['A*']): Row[] {
  return rows.filter(({ rank }) => ranks.includes(rank));
}

/**
 * Finds the CORE row of an OpenAlex conference: by the hand-checked table of source ids (source id → CORE id); else by the normalised
 * title; else by an acronym with a year ("CVPR 2016"). Titles and acronyms that several rows share decide nothing, and acronyms of
 * fewer than four letters (ACL, WWW, KR) never decide.
 */
export function compileConferenceMatcher(
  rows: readonly CoreRow[],
  aliases: ReadonlyMap<string, string>,
): (source: ConferenceSource) => ConferenceMatch {
  const byId = new Map(rows.map((row) => [row.id, row]));
  const byTitle = uniqueBy(rows, ({ title }) => normaliseTitle(title));
  const byAcronym = uniqueBy(rows, ({ acronym }) => acronym.toLowerCase());
  return ({ id, title }) => {
    const alias = byId.get(aliases.get(id) ?? '');
    if (alias !== undefined) return { core: alias, because: 'alias' };
    const titled = byTitle.get(normaliseTitle(title));
    if (titled !== undefined) return { core: titled, because: 'title' };
    const dated = byAcronym.get(datedAcronym(title) ?? '');
    return dated === undefined ? { core: null, because: 'none' } : { core: dated, because: 'acronym-year' };
  };
}

const earlierNames = /\((?:was|formerly|previously|earlier)\b[^)]*\)/giu;
const brackets = /\([^)]*\)/gu;
const dates = /\b(?:19|20)\d\d\b|\b\d+(?:st|nd|rd|th)\b|\b(?:first|second|third|fourth|fifth|annual|biennial)\b/gu;
const frame = /^(?:proceedings of |proc |the |ieee |acm |cvf |ifip |aaai |usenix |siam |eg |eurographics )+/u;

/** A conference title without editions, years, sponsors in front and brackets, folded. */
export function normaliseTitle(title: string): string {
  const folded = title.replace(earlierNames, ' ').replace(brackets, ' ').normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const words = folded
    .replace(/&/gu, ' and ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .replace(dates, ' ');
  return words.replace(/\s+/gu, ' ').trim().replace(frame, '').replace(/^on /u, '');
}

/** "cvpr" for "CVPR 2016" and "CVPR'16"; null where the title is more than that or the acronym is short. */
function datedAcronym(title: string): string | null {
  const found = /^([A-Za-z][A-Za-z-]{3,})[\s'’-]*(?:(?:19|20)\d\d|\d\d)$/u.exec(title.trim());
  return found === null ? null : found[1]!.replace(/-$/u, '').toLowerCase();
}

function uniqueBy(rows: readonly CoreRow[], keyOf: (row: CoreRow) => string): Map<string, CoreRow> {
  const groups = new Map<string, CoreRow[]>();
  for (const row of rows) groups.set(keyOf(row), [...(groups.get(keyOf(row)) ?? []), row]);
  const unique = [...groups].filter(([key, group]) => key !== '' && group.length === 1);
  return new Map(unique.map(([key, group]) => [key, group[0]!]));
}
