import type { StepRow } from './page-data';

/** year, articles, high-ranked, clinical, international, citations: a tuple, to keep the page small. */
export type PackedYear = [number, number, number, number, number, number];

/** alpha-2, name, region, years. */
export type PackedCountry = [string, string, string | null, PackedYear[]];

/** The part of the page's data that the browser code reads: inlined as JSON in the page. */
export interface SiteData {
  study: string;
  years: [number, number];
  /** Shares of fewer articles are hatched. */
  minimum: number;
  countries: PackedCountry[];
  /** Measures that the data can show. */
  measures: string[];
  steps: StepRow[];
}
