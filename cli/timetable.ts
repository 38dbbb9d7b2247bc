import { ScheduleAlreadyRunning, ScheduleNotFoundError, type Client, type ScheduleOptions } from '@temporalio/client';
import type { Study } from '../config/study';
import type { ScheduleRow } from '../store/schedules';
import { CommandError } from './failure';
import { lightQueue, startAttributes, titlePage } from './start-workflow';
import type { StudySession } from './study-session';
import { isSearchable } from './temporal';

/** The schedule of a study goes by the name its rebuilds have. */
export const scheduleId = (study: string): string => `rebuild:${study}`;

/**
 * Puts a study's rebuild on Temporal's timetable, in place of what stood there. A turn that falls into the one before is left out;
 * one that was missed because the engines were down is caught up within a day.
 * @throws CommandError (exit 2) for a cron line that Temporal does not take
 */
export async function putOnTimetable(client: Client, session: StudySession, row: ScheduleRow): Promise<void> {
  const options = optionsOf(session, row, await isSearchable(client, session));
  try {
    await client.schedule.create(options).catch(async (error: unknown) => {
      if (!(error instanceof ScheduleAlreadyRunning)) throw error;
      await client.schedule.getHandle(options.scheduleId).update(({ state }) => ({ ...options, state }));
    });
  } catch (error) {
    // What the SDK makes of the server's "Invalid schedule spec".
    if (error instanceof TypeError) throw badCron(row.cron, error.message);
    throw error;
  }
}

/** @throws CommandError (exit 2) for what is no cron line by its shape; Temporal judges the rest */
export function refuseBadCron(cron: string): void {
  const fields = cron
    .trim()
    .replace(/^(CRON_)?TZ=\S+\s+/, '')
    .split(/\s+/);
  if (/^@(yearly|annually|monthly|weekly|daily|midnight|hourly)$/.test(fields[0]!) && fields.length === 1) return;
  if (/^@every$/.test(fields[0]!) && fields.length === 2) return;
  if (fields.length === 5 && fields.every((field) => /^[\dA-Za-z*/,?-]+$/.test(field))) return;
  throw badCron(cron, fields.length === 5 ? 'a field holds what none can' : `${fields.length} fields`);
}

function badCron(cron: string, why: string): CommandError {
  return new CommandError(
    `Expected a cron line of five fields (minute hour day-of-month month day-of-week, UTC) such as "0 3 1 * *", or @daily, or off; got "${cron}" (${why}).`,
    2,
  );
}

export interface TimetableEntry {
  readonly paused: boolean;
  /** ISO 8601; null when it has no further turn. */
  readonly next: string | null;
  readonly running: readonly string[];
}

/** What Temporal has of a study; null when it has nothing. */
export async function readTimetable(client: Client, study: string): Promise<TimetableEntry | null> {
  try {
    const { state, info } = await client.schedule.getHandle(scheduleId(study)).describe();
    const running = info.runningActions.map(({ workflow }) => workflow.workflowId);
    return { paused: state.paused, next: info.nextActionTimes[0]?.toISOString() ?? null, running };
  } catch (error) {
    if (error instanceof ScheduleNotFoundError) return null;
    throw error;
  }
}

export async function takeOffTimetable(client: Client, study: string): Promise<void> {
  await client.schedule
    .getHandle(scheduleId(study))
    .delete()
    .catch((error: unknown) => {
      if (!(error instanceof ScheduleNotFoundError)) throw error;
    });
}

function optionsOf(session: StudySession, row: ScheduleRow, searchable: boolean): ScheduleOptions {
  const study = row.resolved as unknown as Study;
  return {
    scheduleId: scheduleId(row.study),
    spec: { cronExpressions: [row.cron] },
    policies: { overlap: 'SKIP', catchupWindow: '1 day' },
    action: {
      type: 'startWorkflow',
      workflowType: 'rebuild',
      workflowId: scheduleId(row.study),
      taskQueue: lightQueue(session),
      args: [{ study: row.study }],
      staticSummary: `${row.study}, by schedule`,
      staticDetails: titlePage(study, { schedule: row.cron, vintage: row.vintage }),
      ...(searchable ? { typedSearchAttributes: startAttributes(row.study, 'schedule') } : {}),
    },
  };
}
