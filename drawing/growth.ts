import { count, percent } from './numbers';

export interface YearTotal {
  year: number;
  articles: number;
}

export interface Growth {
  from: YearTotal;
  to: YearTotal;
  /** Compound annual growth rate, 0.2 = 20 % a year. */
  rate: number;
}

/**
 * Compound annual growth rate between two years (paper, Fig. 1: 2010–2022). If the data do not hold both years, the first and last year with
 * articles stand in; null if there is nothing to compare.
 */
export function compoundGrowth(totals: readonly YearTotal[], wanted: readonly [number, number] = [2010, 2022]): Growth | null {
  const filled = totals.filter((row) => row.articles > 0).sort((a, b) => a.year - b.year);
  const exact = wanted.map((year) => filled.find((row) => row.year === year));
  const [from, to] = exact[0] && exact[1] ? [exact[0], exact[1]] : [filled[0], filled[filled.length - 1]];
  if (!from || !to || to.year <= from.year) return null;
  return { from, to, rate: (to.articles / from.articles) ** (1 / (to.year - from.year)) - 1 };
}

/** The finding as a sentence. */
export function growthFinding(totals: readonly YearTotal[]): string {
  const growth = compoundGrowth(totals);
  if (!growth) return 'Articles by year';
  const { from, to, rate } = growth;
  const verb = rate >= 0 ? 'grew by' : 'shrank by';
  return `Articles ${verb} ${percent(Math.abs(rate))} a year from ${from.year} to ${to.year}: from ${count(from.articles)} to ${count(to.articles)}`;
}
