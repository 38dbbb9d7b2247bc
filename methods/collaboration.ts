/** The study's choices `international.byline` and `international.unknownCountry`. */
export interface InternationalRule {
  byline: 'all' | 'first-ten';
  /** What an article is when all known countries agree and some are unknown. */
  unknownCountry: 'national' | 'drop';
}

/** The study's choices `dyads.authors` and `dyads.count`. */
export interface DyadRule {
  authors: number | 'all';
  /** `country`: each foreign country once an article; `author`: once for each of its authors. */
  count: 'country' | 'author';
}

export interface Dyad {
  from: string;
  to: string;
}

/**
 * Whether an author has another country than the lead author (paper, Methods). Without a lead country: whether two authors differ.
 * Null: not to be counted, since countries are unknown and the rule drops such articles.
 */
export function international(
  authors: readonly (string | null)[],
  lead: string | null,
  rule: InternationalRule = { byline: 'all', unknownCountry: 'national' },
): boolean | null {
  const byline = rule.byline === 'all' ? authors : authors.slice(0, 10);
  const countries = new Set([lead, ...byline].filter((country) => country !== null));
  if (countries.size > 1) return true;
  const unknown = byline.includes(null) || countries.size === 0;
  return unknown && rule.unknownCountry === 'drop' ? null : false;
}

/**
 * Directed pairs from the lead country to the other countries of the first authors (paper, Methods and Fig. 9; the paper looks at ten).
 * In byline order; none when the lead country is unknown.
 */
export function dyads(
  authors: readonly (string | null)[],
  lead: string | null,
  rule: DyadRule = { authors: 10, count: 'country' },
): Dyad[] {
  if (lead === null) return [];
  const byline = rule.authors === 'all' ? authors : authors.slice(0, rule.authors);
  const foreign = byline.filter((country) => country !== null && country !== lead);
  const counted = rule.count === 'country' ? [...new Set(foreign)] : foreign;
  return counted.map((to) => ({ from: lead, to: to! }));
}
