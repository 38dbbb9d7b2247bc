import { collect } from '../store/garbage/collect';
import { keptRuns, unneeded, type Keep, type KeptRun, type Unneeded } from '../store/garbage/needed';
import { latestGoodRun } from '../store/runs';
import { CommandError } from './failure';
import { note, print, type CommonOptions } from './options';
import { runOf } from './run-of';
import { openStudy, type StudySession } from './study-session';
import { table } from './table';

interface GcOptions extends CommonOptions {
  readonly keep: string;
  readonly days: string;
  readonly dryRun?: boolean;
}

/** `atlas gc`: frees the rows of results that no kept run points at; what they were made of stays known. */
export async function run(options: GcOptions, given: readonly string[]): Promise<number> {
  const session = await openStudy(options, { temporal: false, reading: true });
  try {
    const keep: Keep = {
      runs: wholeNumber('--keep', options.keep, 1),
      days: wholeNumber('--days', options.days, 0),
      giveUp: await givenUp(session, given),
    };
    const kept = await keptRuns(session.database, keep);
    const steps = options.dryRun === true ? await unneeded(session.database, kept, keep.days) : await freed(session, keep);
    print(options, document(options, kept, steps), () => [keptLine(session, kept), ...lines(options, steps)]);
    return 0;
  } finally {
    await session.close();
  }
}

async function freed({ database }: StudySession, keep: Keep): Promise<Unneeded[]> {
  const steps: Unneeded[] = [];
  await collect(database, keep, (step) => {
    steps.push(step);
    note(`${step.step}: ${megabytes(step.bytes)} freed`);
  });
  return steps;
}

/** @throws CommandError (exit 2) for a run that is pinned, live or the one the views show */
async function givenUp(session: StudySession, given: readonly string[]): Promise<number[]> {
  const rows = await Promise.all(given.map((id) => runOf(session, id)));
  const shown = await latestGoodRun(session.database, session.loaded.study.name);
  for (const row of rows) {
    if (row.pinned)
      throw new CommandError(`Expected a run that may be given up, got run ${row.id}, which is pinned. First: atlas unpin ${row.id}.`, 2);
    if (row.id === shown?.id)
      throw new CommandError(`Expected a run that may be given up, got run ${row.id}, which the views and the page show.`, 2);
    if (row.finished === null)
      throw new CommandError(
        `Expected a run that has ended, got run ${row.id}, which is ${row.status}. Wait for it, or end it with atlas cancel.`,
        2,
      );
  }
  return rows.map(({ id }) => id);
}

function wholeNumber(flag: string, text: string, least: number): number {
  if (/^\d{1,6}$/.test(text) && Number(text) >= least) return Number(text);
  throw new CommandError(`Expected ${flag} to be a whole number from ${least} on, got "${text}".`, 2);
}

function document({ dryRun }: GcOptions, kept: readonly KeptRun[], steps: readonly Unneeded[]): object {
  const counted = steps.map(({ step, results, shards, rows, bytes }) => ({
    step,
    results: results.length,
    shards: shards.length,
    rows,
    bytes,
  }));
  return { dryRun: dryRun === true, kept, steps: counted, bytes: total(steps) };
}

function keptLine({ loaded }: StudySession, kept: readonly KeptRun[]): string {
  if (kept.length === 0) return `kept: no run, there is none yet in the database of ${loaded.study.name} (--study names another)`;
  return `kept: ${kept.map(({ id, because }) => `${id} (${because})`).join(', ')}`;
}

function lines({ dryRun }: GcOptions, steps: readonly Unneeded[]): string[] {
  const done = dryRun === true ? 'would be freed' : 'freed';
  if (steps.length === 0) return ['nothing to free'];
  const rows = steps.map(({ step, results, shards, rows: count, bytes }) => [step, results.length, shards.length, count, megabytes(bytes)]);
  return ['', ...table(['step', 'results', 'shards', 'rows', 'size'], rows), '', `${megabytes(total(steps))} ${done}`];
}

function total(steps: readonly Unneeded[]): number {
  return steps.reduce((sum, { bytes }) => sum + bytes, 0);
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(bytes < 1e7 ? 2 : 0)} MB`;
}
