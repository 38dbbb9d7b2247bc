import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { sheetTexts } from '../../store/audited';
import { latestGoodRun } from '../../store/runs';
import { CommandError } from '../failure';
import { note, type CommonOptions } from '../options';
import { rowsAsText } from '../rows-text';
import { requireRows, runOf } from '../run-of';
import { openStudy, type StudySession } from '../study-session';
import { drawName, drawRows, type Draw } from './draw';
import { kindOf, questions } from './kinds';

interface SampleOptions extends CommonOptions {
  readonly n: string;
  readonly seed: string;
  readonly run?: string;
}

/** `atlas audit sample KIND`: a blinded sheet for a rater on stdout. */
export async function run(options: SampleOptions, [name]: readonly [string]): Promise<number> {
  const asked = { kind: kindOf(name), n: sizeOf(options.n), seed: seedOf(options.seed) };
  const session = await openStudy(options, { temporal: false, reading: true });
  try {
    const draw = { ...asked, study: session.loaded.study.name, run: await finishedRun(session, options.run) };
    const synthetic = session.loaded.study.world.kind === 'synthetic';
    const columns = ['audit', 'id', ...questions[draw.kind].shows, 'rating', 'comment'];
    const rows = await sheetRows(session, draw, columns);
    const format = options.json === true ? 'json' : 'csv';
    await pipeline(Readable.from(rowsAsText(Readable.from(rows), columns, { format, synthetic })), process.stdout, {
      end: false,
    });
    note(`${drawName(draw)}. Give each rater a copy; column rating: ${questions[draw.kind].asks}. Then: atlas audit score FILE…`);
    return 0;
  } finally {
    await session.close();
  }
}

/** The rows of the sheet, all at hand before the first is written: a refused draw leaves nothing on stdout. */
async function sheetRows({ database }: StudySession, draw: Draw, columns: readonly string[]): Promise<Record<string, unknown>[]> {
  const { rows } = await drawRows(database, draw);
  const ids = rows.map(({ id }) => id);
  const texts = new Map((await sheetTexts(database, draw.run, ids)).map((text) => [text.id, text]));
  return ids.map((id) => {
    const row: Record<string, unknown> = { ...texts.get(id), audit: drawName(draw), id, rating: '', comment: '' };
    return Object.fromEntries(columns.map((column) => [column, row[column] ?? null]));
  });
}

/** A run whose published rows are there. @throws CommandError (exit 2) */
export async function finishedRun(session: StudySession, asked: string | undefined): Promise<number> {
  const { name } = session.loaded.study;
  const row = asked === undefined ? await latestGoodRun(session.database, name) : await runOf(session, asked);
  if (row === null) throw new CommandError(`Expected a finished run of ${name}, got none yet. Start one with atlas rebuild.`, 2);
  if (row.status !== 'done')
    throw new CommandError(`Expected a finished run, got run ${row.id}, which is ${row.status}. Take another (atlas runs).`, 2);
  await requireRows(session, row);
  return row.id;
}

function sizeOf(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new CommandError(`Expected --n as a count of rows from 1 on, got "${text}". The paper read 150.`, 2);
}

function seedOf(text: string): string {
  if (/^[\w.-]{1,40}$/.test(text)) return text;
  throw new CommandError(`Expected --seed of 1 to 40 letters, digits, dots and dashes, got "${text}". Choose such a word or number.`, 2);
}
