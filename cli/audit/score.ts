import { cohensKappa, type Kappa } from '../../methods/agreement';
import { wilsonInterval } from '../../methods/counts';
import {
  correctedCounts,
  precisionOf,
  settle,
  type CorrectedCount,
  type CountryCount,
  type Precision,
  type Settled,
} from '../../methods/precision';
import type { Audited } from '../../store/audited';
import { CommandError } from '../failure';
import { print, type CommonOptions } from '../options';
import { openStudy, type StudySession } from '../study-session';
import { drawOf, drawRows } from './draw';
import { questions, vocabularyOf } from './kinds';
import { ratingsOf, readSheet, type RatedSheet } from './rated-sheet';
import { finishedRun } from './sample';
import { scoreLines } from './score-lines';

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

/** `atlas audit score FILE…`: sheets of one draw are its raters; several draws are scored one by one. */
export async function run(options: CommonOptions, files: readonly string[]): Promise<number> {
  const twice = files.find((file, at) => files.indexOf(file) !== at);
  if (twice !== undefined)
    throw new CommandError(`Expected each sheet once, got ${twice} twice. A rater agrees with themselves; name it once.`, 2);
  const sheets = await Promise.all(files.map(readSheet));
  const session = await openStudy(options, { temporal: false, reading: true });
  try {
    const scores: AuditScore[] = [];
    for (const audit of new Set(sheets.map((sheet) => sheet.audit)))
      scores.push(
        await scored(
          session,
          sheets.filter((sheet) => sheet.audit === audit),
        ),
      );
    print(options, scores, () => scores.flatMap(scoreLines));
    return 0;
  } finally {
    await session.close();
  }
}

async function scored(session: StudySession, sheets: readonly RatedSheet[]): Promise<AuditScore> {
  const { audit, file } = sheets[0]!;
  const draw = drawOf(audit, file);
  const { study } = session.loaded;
  if (draw.study !== study.name)
    throw new CommandError(`Expected a sheet of ${study.name}, got one of ${draw.study} (${file}). Give --study ${draw.study}.`, 2);
  await finishedRun(session, String(draw.run));
  const { population, rows } = await drawRows(session.database, draw);
  const vocabulary = await vocabularyOf(session.database, draw.run, draw.kind);
  const ids = new Set(rows.map(({ id }) => id));
  const ratings = sheets.map((sheet) => ratingsOf(sheet, ids, vocabulary));
  const verdictOf = (rating: string, row: Audited): Verdict =>
    rating === '' ? undefined : questions[draw.kind].right(rating, row, study.regions.politics);
  const verdicts = ratings.map((ofRater) => rows.map((row) => verdictOf(ofRater.get(row.id)!, row)));
  const settled = rows.map((row, at) => ({ row, is: settle(verdicts.map((ofRater) => ofRater[at])) }));
  return {
    ...{ audit, synthetic: study.world.kind === 'synthetic', rows: rows.length, population: population.length },
    raters: sheets.map((sheet, at) => raterScore(sheet.file, verdicts[at]!)),
    agreement: pairsOf(sheets, ratings),
    ...precisions(settled, population),
  };
}

type Verdict = boolean | null | undefined;

function raterScore(file: string, verdicts: readonly Verdict[]): RaterScore {
  const count = (of: Verdict): number => verdicts.filter((verdict) => verdict === of).length;
  const precision = precisionOf(verdicts.filter((verdict) => typeof verdict === 'boolean'));
  return { file, ...precision, undecided: count(null), unfilled: count(undefined) };
}

/** Each two raters, over the rows that both rated. */
function pairsOf(sheets: readonly RatedSheet[], ratings: readonly ReadonlyMap<string, string>[]): Agreement[] {
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

function precisions(
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
