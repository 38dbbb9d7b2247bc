import type { Days } from './search';

/** Before the first record and after the last one that can be; PubMed takes both. */
const FIRST_YEAR = 1800;
const LAST_YEAR = 3000;
const DAY_MS = 86_400_000;

/** All days of entry, cut around a year of publication: nearly all of its records are entered in it. Disjoint and complete. */
export function entryDaysAround(year: number): Days[] {
  return [
    { from: `${FIRST_YEAR}/01/01`, to: `${year - 1}/12/31` },
    { from: `${year}/01/01`, to: `${year}/12/31` },
    { from: `${year + 1}/01/01`, to: `${LAST_YEAR}/12/31` },
  ];
}

/** Two halves that share no day and leave none out, or null for a single day. Open ends give up the year next to them first. */
export function halves(days: Days): [Days, Days] | null {
  const cut = lastDayOfFirstHalf(numberOf(days.from), numberOf(days.to));
  return cut === null
    ? null
    : [
        { from: days.from, to: textOf(cut) },
        { from: textOf(cut + 1), to: days.to },
      ];
}

function lastDayOfFirstHalf(first: number, last: number): number | null {
  if (first >= last) return null;
  const firstYear = yearOf(first);
  const lastYear = yearOf(last);
  if (lastYear === LAST_YEAR && firstYear < lastYear) return numberOf(`${firstYear}/12/31`);
  if (firstYear === FIRST_YEAR && firstYear < lastYear) return numberOf(`${lastYear - 1}/12/31`);
  return Math.floor((first + last) / 2);
}

function numberOf(day: string): number {
  return Date.parse(`${day.replaceAll('/', '-')}T00:00:00Z`) / DAY_MS;
}

function yearOf(day: number): number {
  return new Date(day * DAY_MS).getUTCFullYear();
}

function textOf(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10).replaceAll('-', '/');
}
