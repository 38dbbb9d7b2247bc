import { settle } from '../../methods/precision';
import type { Audited } from '../../store/audited';
import { CommandError } from '../failure';
import { print, type CommonOptions } from '../options';
import { openStudy, type StudySession } from '../study-session';
import { drawOf, drawRows } from './draw';
import { questions, vocabularyOf } from './kinds';
import { ratingsOf, readSheet, type RatedSheet } from './rated-sheet';
import { finishedRun } from './sample';
import { scoreLines } from './score-lines';
import { pairsOf, precisions, raterScore, type AuditScore, type Verdict } from './scores';

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
