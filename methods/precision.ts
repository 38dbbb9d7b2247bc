import { wilsonInterval } from './counts';

/** A share of rows with its 95 % Wilson interval; null without rows. */
export interface Precision {
  readonly rated: number;
  readonly right: number;
  readonly share: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

export function precisionOf(verdicts: readonly boolean[]): Precision {
  const [rated, right] = [verdicts.length, verdicts.filter(Boolean).length];
  if (rated === 0) return { rated, right, share: null, low: null, high: null };
  return { rated, right, share: right / rated, ...wilsonInterval(right, rated) };
}

export interface CountryCount {
  readonly country: string;
  readonly region: string | null;
  readonly articles: number;
}

/** Articles that are right by the precision of their region; null where no row of the region is settled. */
export interface CorrectedCount extends CountryCount {
  readonly corrected: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/** Each count times the precision of its region. The intervals are those of the precision: what the rule missed is not in them. */
export function correctedCounts(counts: readonly CountryCount[], byRegion: ReadonlyMap<string | null, Precision>): CorrectedCount[] {
  return counts.map((count) => {
    const precision = byRegion.get(count.region);
    const times = (share: number | null | undefined): number | null => (share == null ? null : count.articles * share);
    return { ...count, corrected: times(precision?.share), low: times(precision?.low), high: times(precision?.high) };
  });
}

export type Settled = boolean | 'differ' | 'undecided' | 'unfilled';

/** What the raters say of one row together: `undefined` is an empty cell, null a rater who cannot tell. Settled are rows on which all say the same. */
export function settle(verdicts: readonly (boolean | null | undefined)[]): Settled {
  if (verdicts.includes(undefined)) return 'unfilled';
  if (verdicts.includes(null)) return 'undecided';
  return verdicts.every((verdict) => verdict === verdicts[0]) ? verdicts[0]! : 'differ';
}
