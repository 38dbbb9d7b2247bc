import { countsUntil, type Counts } from '../drawing/measures';
import type { StepRow } from '../drawing/page-data';
import type { SiteData } from '../drawing/site-data';
import { part } from './page';

export interface Place {
  iso2: string;
  name: string;
  region: string | null;
  byYear: (Counts & { year: number })[];
}

export interface Atlas {
  study: string;
  years: [number, number];
  minimum: number;
  places: Place[];
  measures: string[];
  steps: StepRow[];
}

/** The data inlined in the page, unpacked. */
export function readAtlas(): Atlas {
  const data = JSON.parse(part('#atlas-data', HTMLScriptElement).textContent) as SiteData;
  const places = data.countries.map(([iso2, name, region, years]) => ({
    iso2,
    name,
    region,
    byYear: years.map(([year, articles, highRanked, clinical, international, citations]) => ({
      year,
      articles,
      highRanked,
      clinical,
      international,
      citations,
    })),
  }));
  return { ...data, places };
}

/** A place with its counts in a span of years. */
export type Shown = Counts & { iso2: string; name: string; region: string | null };

/** All places with their counts up to a year, or in that year alone. */
export function placesIn(atlas: Atlas, year: number, cumulative: boolean): Shown[] {
  return atlas.places.map(({ iso2, name, region, byYear }) => ({ iso2, name, region, ...countsUntil(byYear, year, cumulative) }));
}
