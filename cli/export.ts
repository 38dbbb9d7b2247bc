import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { loadGraph } from '../activities/registry';
import { inputTable } from '../store/input';
import { readResult } from '../store/results';
import { runSteps } from '../store/run-view';
import { latestGoodRun, type RunState } from '../store/runs';
import type { AnyStep } from '../dag/step';
import { CommandError } from './failure';
import { note, print, type CommonOptions } from './options';
import { rowsAsText } from './rows-text';
import { requireRows, runOf } from './run-of';
import { openStudy, type StudySession } from './study-session';

interface ExportOptions extends CommonOptions {
  readonly run?: string;
  readonly table?: string;
  readonly format: 'csv' | 'json' | 'parquet';
  readonly out?: string;
}

/** Stages whose tables hold texts that publishers may own, or rows of licensed rankings: left out unless named. */
const NOT_BY_DEFAULT = /^(source|sample)\/(?!final$)/;

const ALL_GO_TO = 'export';

/** `atlas export` */
export async function run(given: ExportOptions): Promise<number> {
  const options = inOneForm(given);
  const session = await openStudy(options, { temporal: false, reading: true });
  try {
    const row = await chosenRun(session, options.run);
    const results = new Map((await runSteps(session.database, row.id)).map((view) => [view.step, view.result]));
    const { order } = loadGraph();
    const tables = order.filter((step) => results.get(step.id) != null);
    const wanted = options.table === undefined ? tables.filter((step) => !NOT_BY_DEFAULT.test(step.id)) : [find(tables, options.table)];
    if (options.table === undefined) await exportAll(session, options, wanted, results as Map<string, number>);
    else await exportOne(session, options, wanted[0]!, results.get(wanted[0]!.id)!);
    const out = options.table === undefined ? (options.out ?? ALL_GO_TO) : options.out;
    if (options.json === true && out !== undefined) print(options, { out: path.resolve(out), tables: wanted.map(nameOf) }, () => []);
    return 0;
  } finally {
    await session.close();
  }
}

/** With --json stdout holds a JSON document: a table that goes there is one. */
function inOneForm(options: ExportOptions): ExportOptions {
  const isShown = options.json === true && options.table !== undefined && options.out === undefined;
  return isShown && options.format === 'csv' ? { ...options, format: 'json' } : options;
}

async function chosenRun(session: StudySession, asked: string | undefined): Promise<RunState> {
  const name = session.loaded.study.name;
  const row = asked === undefined ? await latestGoodRun(session.database, name) : await runOf(session, asked);
  if (row === null) throw new CommandError(`Expected a finished run of ${name}, got none yet. Start one with atlas rebuild.`, 2);
  await requireRows(session, row);
  return row;
}

function find(tables: readonly AnyStep[], name: string): AnyStep {
  const found = tables.find((step) => nameOf(step) === name.replaceAll('-', '_').replace('/', '.'));
  if (found === undefined)
    throw new CommandError(`Expected a table of this run, got "${name}". There are: ${tables.map(nameOf).join(', ')}.`, 2);
  return found;
}

function nameOf(step: AnyStep): string {
  return step.id.replace('/', '.').replaceAll('-', '_');
}

async function* contentOf(
  session: StudySession,
  { format }: ExportOptions,
  step: AnyStep,
  result: number,
): AsyncGenerator<string | Buffer> {
  const rows = inputTable(session.database, step, await readResult(session.database, result)).rows();
  const synthetic = session.loaded.study.world.kind === 'synthetic';
  if (format === 'parquet') yield* (await import('./parquet.js')).rowsAsParquet(rows, step.output, { synthetic });
  else yield* rowsAsText(rows, Object.keys(step.output), { format, synthetic });
}

async function exportOne(session: StudySession, options: ExportOptions, step: AnyStep, result: number): Promise<void> {
  const content = Readable.from(contentOf(session, options, step, result));
  if (options.out === undefined) {
    refuseAtTerminal(options);
    await pipeline(content, process.stdout, { end: false });
    return;
  }
  await mkdir(options.out, { recursive: true });
  await pipeline(content, createWriteStream(path.join(options.out, `${nameOf(step)}.${options.format}`)));
}

/** @throws CommandError (exit 2) */
function refuseAtTerminal({ format }: ExportOptions): void {
  if (format === 'parquet' && process.stdout.isTTY)
    throw new CommandError('Expected a file or a pipe for Parquet, got a terminal. Send it to a file (> FILE), or give --out DIR.', 2);
}

async function exportAll(
  session: StudySession,
  options: ExportOptions,
  tables: readonly AnyStep[],
  results: ReadonlyMap<string, number>,
): Promise<void> {
  const out = options.out ?? ALL_GO_TO;
  for (const step of tables) {
    if (step.id.startsWith('figure/')) await exportFigures(session, out, step, results.get(step.id)!);
    else await exportOne(session, { ...options, out }, step, results.get(step.id)!);
  }
  note(
    `${tables.length} tables and figures in ${path.resolve(out)}. Left out: texts and licensed rankings (name a table with --table to have it).`,
  );
}

async function exportFigures(session: StudySession, out: string, step: AnyStep, result: number): Promise<void> {
  await mkdir(path.join(out, 'figures'), { recursive: true });
  for await (const row of inputTable(session.database, step, await readResult(session.database, result)).rows()) {
    const { name, svg, csv } = row as unknown as { name: string; svg: string; csv: string };
    await writeFile(path.join(out, 'figures', `${name}.svg`), svg);
    await writeFile(path.join(out, 'figures', `${name}.csv`), csv);
  }
}
