import { countBreaks, evenBreaks, type Breaks } from './classes';
import { shareOf } from './sums';
import type { Unit } from './numbers';

/** What is counted of a country in a span of years. */
export interface Counts {
  articles: number;
  highRanked: number;
  clinical: number;
  international: number;
  citations: number;
}

/** A measure that the map can show. Shares are of the country's articles in the span. */
export interface Measure {
  id: 'articles' | 'high-ranked' | 'clinical' | 'international' | 'citations';
  label: string;
  /** "published", "share of …": the subtitle of the map. */
  subtitle: string;
  unit: Unit;
  column: keyof Counts;
}

export const measures: readonly Measure[] = [
  { id: 'articles', label: 'Articles', subtitle: 'Number of articles by country of the lead author', unit: 'count', column: 'articles' },
  {
    id: 'high-ranked',
    label: 'High-ranked',
    subtitle: 'Articles in high-ranked outlets, % of the country’s articles',
    unit: 'percent',
    column: 'highRanked',
  },
  { id: 'clinical', label: 'Clinical', subtitle: 'Clinical articles, % of the country’s articles', unit: 'percent', column: 'clinical' },
  {
    id: 'international',
    label: 'International',
    subtitle: 'Articles with authors from two or more countries, % of the country’s articles',
    unit: 'percent',
    column: 'international',
  },
  {
    id: 'citations',
    label: 'Citations per article',
    subtitle: 'Citing links per article of the country',
    unit: 'ratio',
    column: 'citations',
  },
];

export const noCounts: Counts = { articles: 0, highRanked: 0, clinical: 0, international: 0, citations: 0 };

/** The measure's value: a count, a share between 0 and 1, or a ratio. Null where there is nothing to divide by, and for no articles at all. */
export function valueOf(measure: Measure, counts: Counts): number | null {
  if (measure.unit === 'count') return counts.articles > 0 ? counts[measure.column] : null;
  return shareOf(counts[measure.column], counts.articles);
}

/** Sum of the counts of the years up to `year` (cumulative) or of that year alone. */
export function countsUntil(byYear: readonly (Counts & { year: number })[], year: number, cumulative: boolean): Counts {
  const sum = { ...noCounts };
  for (const row of byYear) {
    if (row.year !== year && !(cumulative && row.year < year)) continue;
    for (const column of Object.keys(sum) as (keyof Counts)[]) sum[column] += row[column];
  }
  return sum;
}

/** Classes for the values of a map. Shares of few articles would stretch the scale, so only places with `minimum` articles set it. */
export function breaksFor(measure: Measure, places: readonly Counts[], minimum: number): Breaks {
  const solid = measure.unit === 'count' ? places : places.filter((place) => place.articles >= minimum);
  const values = (solid.length > 0 ? solid : places).map((place) => valueOf(measure, place) ?? 0);
  const max = values.reduce((a, b) => Math.max(a, b), 0);
  return measure.unit === 'count' ? countBreaks(max) : evenBreaks(max);
}
