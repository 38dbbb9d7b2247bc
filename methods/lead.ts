import { authorshipCountry, textCountry, type AuthorCountry, type OpenAlexAuthorship, type ReadCountry } from './author-country';

export { authorCountries, type OpenAlexAuthorship } from './author-country';

/** One author of a PubMed record, in byline order. Collective authors have `personal: false`. */
export interface PubmedByline {
  personal: boolean;
  affiliations: readonly string[];
}

/** The study's choices on the lead author: `lead.role`, `lead.order`, `lead.group`, `lead.several`. */
export interface LeadRule {
  role: 'last' | 'first' | 'corresponding';
  order: 'author-first' | 'source-first';
  group: 'skip' | 'count';
  several: 'first-institution' | 'first-string' | 'fractional' | 'drop';
}

export type LeadBranch = 'last-openalex' | 'last-pubmed' | 'first-openalex' | 'first-pubmed' | 'corresponding-openalex';

export interface LeadArticle {
  openalex: readonly OpenAlexAuthorship[] | null;
  pubmed: readonly PubmedByline[] | null;
}

export interface LeadCountry {
  country: string | null;
  /** Which author of which source decided. */
  branch: LeadBranch | 'none';
  /** `openalex-institution`, `openalex-countries`, a cue of the country reader, `several-countries` (dropped for that), or `none`. */
  cue: string;
  severalCountries: boolean;
  /** All countries of that author, the deciding one first; under `fractional` each counts 1/n. */
  countries: string[];
}

/**
 * The country of the lead author: the last one, else the first; as OpenAlex knows it, else as read in the PubMed affiliation
 * (paper, Methods). An author without a country passes on to the next branch of the rule's order.
 */
export function leadCountry(article: LeadArticle, rule: LeadRule, readCountry: ReadCountry): LeadCountry {
  for (const branch of branchesOf(rule)) {
    const found = tryBranch(branch, { article, rule, readCountry });
    if (found === null || found.countries.length === 0) continue;
    const severalCountries = found.countries.length > 1;
    if (severalCountries && rule.several === 'drop') {
      return { country: null, branch, cue: 'several-countries', severalCountries, countries: found.countries };
    }
    if (found.country !== null) return { country: found.country, branch, cue: found.cue, severalCountries, countries: found.countries };
  }
  return { country: null, branch: 'none', cue: 'none', severalCountries: false, countries: [] };
}

/** The order in which authors and sources are asked. */
export function branchesOf({ role, order }: Pick<LeadRule, 'role' | 'order'>): LeadBranch[] {
  const authors = role === 'first' ? (['first', 'last'] as const) : (['last', 'first'] as const);
  const sources = ['openalex', 'pubmed'] as const;
  const branches: LeadBranch[] =
    order === 'author-first'
      ? authors.flatMap((author) => sources.map((source): LeadBranch => `${author}-${source}`))
      : sources.flatMap((source) => authors.map((author): LeadBranch => `${author}-${source}`));
  return role === 'corresponding' ? ['corresponding-openalex', ...branches] : branches;
}

/** The country of the first and of the last author, each by OpenAlex, else by PubMed; a sole author is both. For their agreement. */
export function endCountries(
  article: LeadArticle,
  rule: LeadRule,
  readCountry: ReadCountry,
): { first: string | null; last: string | null } {
  const of = (branches: readonly LeadBranch[]): string | null =>
    branches.map((branch) => tryBranch(branch, { article, rule, readCountry })?.country ?? null).find((country) => country !== null) ??
    null;
  return { first: of(['first-openalex', 'first-pubmed']), last: of(['last-openalex', 'last-pubmed']) };
}

interface Question {
  article: LeadArticle;
  rule: LeadRule;
  readCountry: ReadCountry;
}

function tryBranch(branch: LeadBranch, { article, rule, readCountry }: Question): AuthorCountry | null {
  if (branch === 'last-pubmed' || branch === 'first-pubmed') {
    const byline = article.pubmed?.filter(({ personal }) => personal || rule.group === 'count') ?? [];
    const author = byline.at(branch === 'last-pubmed' ? -1 : 0);
    return author === undefined ? null : textCountry(author.affiliations, readCountry);
  }
  const author = openalexAuthor(branch, article.openalex ?? []);
  return author === undefined ? null : authorshipCountry(author, { readCountry, textFirst: rule.several === 'first-string' });
}

/** A sole author is marked "first" and is the last one too; a list cut at 100 authors has no last one, and its end is not taken for it. */
function openalexAuthor(branch: LeadBranch, authors: readonly OpenAlexAuthorship[]): OpenAlexAuthorship | undefined {
  if (branch === 'corresponding-openalex') return authors.find(({ corresponding }) => corresponding === true);
  if (branch === 'first-openalex') return authors.find(({ position }) => position === 'first');
  return authors.find(({ position }) => position === 'last') ?? (authors.length === 1 ? authors[0] : undefined);
}
