/** Which step of the graph each number of the page comes from. `atlas trace` takes the ids made here. */
export const stepOf = {
  flow: 'atlas/sample-flow',
  countryTotals: 'atlas/country-totals',
  regionTotals: 'atlas/region-totals',
  countryYear: 'atlas/country-year',
  growth: 'atlas/growth',
  topics: 'atlas/topic-by-country',
  clinical: 'atlas/clinical-by-country',
  highRankedByCountry: 'atlas/high-ranked-by-country',
  highRankedByRegionYear: 'atlas/high-ranked-by-region-year',
  internationalByYear: 'atlas/international-by-year',
  internationalByRegion: 'atlas/international-by-region',
  citations: 'source/openalex-citing-works',
  keywordRules: 'atlas/keyword-rules',
  strategies: 'atlas/strategy-comparison',
  lifeScienceRules: 'atlas/life-science-rules',
  conceptCoverage: 'atlas/concept-coverage',
  clinicalRules: 'atlas/clinical-rules',
  firstLast: 'atlas/first-last-agreement',
  drift: 'report/drift',
  terms: 'model/terms',
  samples: 'model/samples',
} as const;

/** `atlas/country-totals?country=US#articles`: step, the row's values (percent-encoded), column. */
export function numberId(step: string, row: Record<string, string | number | null>, column: string): string {
  const where = Object.entries(row).map(([name, value]) => `${name}=${encodeURIComponent(String(value ?? ''))}`);
  return `${step}${where.length > 0 ? `?${where.join('&')}` : ''}#${column}`;
}

/** The step a number id names; ids of the paper's own numbers ("growth.cagr_2010_2022") belong to the drift step. */
export function stepOfId(id: string): string {
  return id.includes('/') ? id.split(/[?#]/)[0]! : stepOf.drift;
}

/** The anchor of a step in "How this was made". */
export function stepAnchor(step: string): string {
  return `step-${step.replace(/[^a-z0-9]+/gi, '-')}`;
}
