import type { Precision } from '../../methods/precision';
import { table } from '../table';
import type { AuditScore } from './scores';

/** Countries shown at a terminal; --json has all. */
const SHOWN = 20;

/** The score of one draw for people. */
export function scoreLines(score: AuditScore): string[] {
  const { unsettled, precision } = score;
  const left = Object.values(unsettled).reduce((sum, count) => sum + count, 0);
  return [
    `${score.audit}${score.synthetic ? ' (synthetic data)' : ''}: ${score.rows} of ${score.population} published rows`,
    '',
    ...table(
      ['sheet', 'rated', 'right', 'precision', '95 %', 'undecided', 'unfilled'],
      score.raters.map((rater) => [rater.file, ...cells(rater), rater.undecided, rater.unfilled]),
    ),
    ...score.agreement.flatMap((pair) => [
      '',
      `${pair.files.join(' and ')}: agree on ${pair.agreed} of ${pair.n} rows (${percent(pair.share)}; ${range(pair.shareLow, pair.shareHigh)}), Cohen's kappa ${pair.kappa === null ? 'not defined (no rows, or one rating only)' : `${pair.kappa.toFixed(3)} (${pair.low!.toFixed(3)} to ${pair.high!.toFixed(3)})`}`,
    ]),
    '',
    `precision over ${precision.rated} settled rows: ${percent(precision.share)} (${range(precision.low, precision.high)})`,
    ...(left === 0
      ? []
      : [`left out: ${unsettled.differ} where raters differ, ${unsettled.undecided} undecided, ${unsettled.unfilled} not filled in`]),
    ...unsettledLines(score),
    '',
    ...table(
      ['region', 'rated', 'right', 'precision', '95 %'],
      score.regions.map((row) => [row.region ?? 'none', ...cells(row)]),
    ),
    '',
    ...table(
      ['country', 'region', 'articles', 'corrected', 'low', 'high'],
      score.countries
        .slice(0, SHOWN)
        .map((row) => [row.country, row.region ?? 'none', row.articles, ...[row.corrected, row.low, row.high].map(whole)]),
    ),
    ...(score.countries.length > SHOWN ? [`… ${score.countries.length - SHOWN} countries more with --json`] : []),
    '',
  ];
}

/** Rows on which raters differ are the hard ones: a precision without them flatters. */
function unsettledLines({ differing, ifSettled }: AuditScore): string[] {
  if (differing.length === 0 || ifSettled === null) return [];
  return [
    `with those where raters differ: from ${percent(ifSettled.low)} (all wrong) to ${percent(ifSettled.high)} (all right); settle them in one sheet and score it`,
    `to settle: ${differing.join(', ')}`,
  ];
}

function cells(precision: Precision): (string | number | null)[] {
  return [precision.rated, precision.right, percent(precision.share), range(precision.low, precision.high)];
}

function percent(share: number | null): string {
  return share === null ? 'unknown' : `${(share * 100).toFixed(1)} %`;
}

function range(low: number | null, high: number | null): string {
  return low === null || high === null ? 'unknown' : `${(low * 100).toFixed(1)}–${(high * 100).toFixed(1)} %`;
}

function whole(count: number | null): number | null {
  return count === null ? null : Math.round(count);
}
