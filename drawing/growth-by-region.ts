import { regionLines, type LineOptions, type RegionYear } from './region-lines';
import { sumBy } from './sums';

/** Articles by year, one line per region; both corpora together. */
export function growthByRegion(
  rows: readonly { year: number; region: string | null; articles: number }[],
  options: Omit<LineOptions, 'unit'>,
): string {
  return regionLines(regionYears(rows), { ...options, unit: 'count' });
}

/** Articles of each region in every year between the first and the last, summed over corpora: a year without a row had none. */
export function regionYears(rows: readonly { year: number; region: string | null; articles: number }[]): RegionYear[] {
  const key = (region: string | null, year: number): string => JSON.stringify([region, year]);
  const sums = sumBy(
    rows,
    (row) => key(row.region, row.year),
    (row) => row.articles,
  );
  const years = rows.map((row) => row.year);
  const [first, last] = [Math.min(...years), Math.max(...years)];
  const regions = [...new Set(rows.map((row) => row.region))];
  return regions.flatMap((region) =>
    Array.from({ length: last - first + 1 }, (_, index) => {
      const articles = sums.get(key(region, first + index)) ?? 0;
      return { region, year: first + index, value: articles, n: articles };
    }),
  );
}
