import type { Author } from './people';

export type LeadBranch = 'last-openalex' | 'last-pubmed' | 'first-openalex' | 'first-pubmed' | 'none';

export interface Lead {
  country: string | null;
  branch: LeadBranch;
}

/** The country OpenAlex gives an author: first institution, else the single country, else the first raw text. By construction it is the author's own. */
const openalexCountry = ({ placement, country }: Author) => (placement === 'none' ? null : country);

/** The lead country of a byline and the branch that decides it: last before first author, OpenAlex before PubMed (paper-rules, `lead.order`). */
export function leadOf(authors: Author[], { hasWork, inPubmed }: { hasWork: boolean; inPubmed: boolean }): Lead {
  const last = authors.at(-1);
  const first = authors[0];
  if (!last || !first) return { country: null, branch: 'none' };
  const tries: [LeadBranch, string | null][] = [
    ['last-openalex', hasWork ? openalexCountry(last) : null],
    ['last-pubmed', inPubmed ? last.pubmedCountry : null],
    ['first-openalex', hasWork ? openalexCountry(first) : null],
    ['first-pubmed', inPubmed ? first.pubmedCountry : null],
  ];
  const [branch, country] = tries.find(([, one]) => one !== null) ?? (['none', null] as const);
  return { country, branch };
}

/** Distinct countries that OpenAlex shows in a byline, by each author's first institution or single country. */
export const bylineCountries = (authors: Author[]): string[] => [...new Set(authors.flatMap((one) => openalexCountry(one) ?? []))].sort();
