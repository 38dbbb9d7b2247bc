import type { Slot } from './articles';
import { countries, weightIn } from './countries';
import type { Random } from './random';
import type { Scale } from './scale';

export const firstYear = 1998;
export const lastYear = 2023;

/** Real hits are 1.5 % of PubMed; at this size that would leave nothing to see, so more than a third are hits here. */
export const aiShare = 0.38;

const growth = { ai: 1.2, other: 1.04 };
const years = Array.from({ length: lastYear - firstYear + 1 }, (_, index) => firstYear + index);

/** Share of update files that is spent on records issued before. */
export const reissued = 0.15;

/** Splits a total by weights, largest remainders first, so that shares are met without noise. */
export function allocate<T>(total: number, items: readonly T[], weight: (item: T) => number): Map<T, number> {
  const sum = items.reduce((all, item) => all + weight(item), 0);
  const exact = items.map((item) => ({ item, value: (total * weight(item)) / sum }));
  const counts = new Map(exact.map(({ item, value }) => [item, Math.floor(value)]));
  const rest = total - [...counts.values()].reduce((all, count) => all + count, 0);
  const byRemainder = [...exact].sort((a, b) => (b.value % 1) - (a.value % 1));
  for (const { item } of byRemainder.slice(0, rest)) counts.set(item, (counts.get(item) ?? 0) + 1);
  return counts;
}

/** How many articles there are: every file full, less the records that update files repeat. */
export function articleCount({ baselineFiles, updateFiles, recordsPerFile }: Scale): number {
  return Math.round((baselineFiles + updateFiles * (1 - reissued)) * recordsPerFile);
}

/** Year, kind and lead country of every article. */
export function planSlots(random: Random, scale: Scale): Slot[] {
  const total = articleCount(scale);
  const ai = Math.round(total * aiShare);
  const parts = [...slotsOf(random, ai, true), ...slotsOf(random, total - ai, false)];
  return parts.sort((a, b) => a.year - b.year).map((slot, number) => ({ ...slot, number: number + 1 }));
}

function slotsOf(random: Random, total: number, ai: boolean): Slot[] {
  const perYear = allocate(total, years, (year) => (ai ? growth.ai : growth.other) ** (year - firstYear));
  return [...perYear].flatMap(([year, count]) => {
    const perCountry = allocate(count, countries, (country) => weightIn(country, year));
    const codes = [...perCountry].flatMap(([{ code }, n]) => Array.from({ length: n }, () => code));
    return random.shuffled(codes).map((country) => ({ number: 0, year, ai, country }));
  });
}
