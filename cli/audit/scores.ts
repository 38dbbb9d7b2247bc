import { cohensKappa, type Kappa } from '../../methods/agreement';
import { wilsonInterval } from '../../methods/counts';
import {
  correctedCounts,
  precisionOf,
  type CorrectedCount,
  type CountryCount,
  type Precision,
  type Settled,
} from '../../methods/precision';
import type { Audited } from '../../store/audited';
import type { RatedSheet } from './rated-sheet';

export interface RaterScore extends Precision {
  readonly file: string;
  readonly undecided: number;
  readonly unfilled: number;
}

export interface Agreement extends Kappa {
  readonly files: readonly [string, string];
  /** Share of rows rated alike, with its Wilson interval; null without rows that both rated. */
  readonly share: number | null;
  readonly shareLow: number | null;
  readonly shareHigh: number | null;
}

/** What the sheets of one draw say. */
export interface AuditScore {
  readonly audit: string;
  readonly synthetic: boolean;
  readonly rows: number;
  readonly population: number;
  readonly raters: readonly RaterScore[];
  readonly agreement: readonly Agreement[];
  /** Rows left out of the precision, by reason. */
  readonly unsettled: { readonly differ: number; readonly undecided: number; readonly unfilled: number };
  readonly differing: readonly string[];
  readonly precision: Precision;
  /** The share that is right if every row where raters differ were wrong, and if every one were right; null without rows. */
  readonly ifSettled: { readonly low: number; readonly high: number } | null;
  readonly regions: readonly (Precision & { readonly region: string | null })[];
  readonly countries: readonly CorrectedCount[];
}

/** `undefined` is an empty cell, null a rater who cannot tell. */
export type Verdict = boolean | null | undefined;

export function raterScore(file: string, verdicts: readonly Verdict[]): RaterScore {
  const count = (of: Verdict): number => verdicts.filter((verdict) => verdict === of).length;
  const precision = precisionOf(verdicts.filter((verdict) => typeof verdict === 'boolean'));
  return { file, ...precision, undecided: count(null), unfilled: count(undefined) };
}

/** Each two raters, over the rows that both rated. */
export function pairsOf(sheets: readonly RatedSheet[], ratings: readonly ReadonlyMap<string, string>[]): Agreement[] {
  return sheets.flatMap((first, a) =>
    sheets.slice(a + 1).map((second, after) => {
      const other = ratings[a + 1 + after]!;
      const both = [...ratings[a]!].map(([id, rating]) => [rating, other.get(id)!] as const).filter((pair) => !pair.includes(''));
      const kappa = cohensKappa(both);
      const interval = wilsonInterval(kappa.agreed, kappa.n);
      const known = kappa.n > 0;
      return {
        files: [first.file, second.file] as const,
        ...kappa,
        share: known ? kappa.agreed / kappa.n : null,
        shareLow: known ? interval.low : null,
        shareHigh: known ? interval.high : null,
      };
    }),
  );
}

/** How many of the drawn rows are right, in all and by region, and what that makes of the counts. */
export function precisions(
  settled: readonly { row: Audited; is: Settled }[],
  population: readonly Audited[],
): Pick<AuditScore, 'unsettled' | 'differing' | 'precision' | 'ifSettled' | 'regions' | 'countries'> {
  const count = (of: Settled): number => settled.filter(({ is }) => is === of).length;
  const decided = settled.flatMap(({ row, is }) => (typeof is === 'boolean' ? [{ region: row.region, is }] : []));
  const regions = [...new Set(population.map(({ region }) => region))].sort().map((region) => ({
    region,
    ...precisionOf(decided.filter((row) => row.region === region).map(({ is }) => is)),
  }));
  const precision = precisionOf(decided.map(({ is }) => is));
  const differ = count('differ');
  const all = precision.rated + differ;
  return {
    unsettled: { differ, undecided: count('undecided'), unfilled: count('unfilled') },
    differing: settled.flatMap(({ row, is }) => (is === 'differ' ? [row.id] : [])),
    precision,
    ifSettled: all === 0 ? null : { low: precision.right / all, high: (precision.right + differ) / all },
    regions,
    countries: correctedCounts(countsOf(population), new Map(regions.map((row) => [row.region, row]))),
  };
}

function countsOf(population: readonly Audited[]): CountryCount[] {
  const counts = new Map<string, { country: string; region: string | null; articles: number }>();
  for (const { country, region } of population) {
    const found = counts.get(country) ?? { country, region, articles: 0 };
    counts.set(country, { ...found, articles: found.articles + 1 });
  }
  return [...counts.values()].sort((a, b) => b.articles - a.articles || (a.country < b.country ? -1 : 1));
}
