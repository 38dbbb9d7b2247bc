import { loadSettings } from '../config/settings';
import type { Json } from '../dag/canonical';
import { peekStack } from '../stack/session';
import { dropSchedule, readSchedule, saveSchedule, type ScheduleRow } from '../store/schedules';
import { vintageAt } from '../activities/engine/vintage';
import { CommandError } from './failure';
import { print, type CommonOptions } from './options';
import { startWorkers, startWorld } from './processes';
import { requireWorker } from './run';
import { openStudy, type StudySession } from './study-session';
import { connectTemporal } from './temporal';
import { putOnTimetable, readTimetable, refuseBadCron, scheduleId, takeOffTimetable } from './timetable';
import { vintageOf } from './vintage';

interface ScheduleOptions extends CommonOptions {
  readonly vintage?: string;
  readonly offline?: boolean;
}

/** `atlas schedule [CRON|off|pause|unpause]`: rebuilds by the clock, as a Temporal Schedule. */
export async function run(options: ScheduleOptions, [asked]: readonly (string | undefined)[]): Promise<number> {
  const isCron = asked !== undefined && !['off', 'pause', 'unpause'].includes(asked);
  if (isCron) refuseBadCron(asked);
  if (asked !== undefined) await refuseAsleep(options);
  const session = await openStudy(options, { temporal: asked !== undefined, reading: !isCron });
  try {
    if (isCron) await put(session, options, asked);
    else if (asked === 'off') await takeOff(session);
    else if (asked !== undefined) await hold(session, asked === 'pause');
    const document = { study: session.loaded.study.name, schedule: await scheduleDocument(session) };
    print(options, document, () => [scheduleLine(document.schedule, document.study)]);
    return 0;
  } finally {
    await session.close();
  }
}

/** A clock that nobody winds: without engines that stay, no rebuild would ever start. */
async function refuseAsleep(options: CommonOptions): Promise<void> {
  const { engines, home } = loadSettings({ home: options.home, study: options.study });
  if (engines === 'given' || (await peekStack(home)).some(({ role }) => role === 'temporal')) return;
  throw new CommandError(
    `Expected engines that stay up for a schedule, got none running in ${home}. Start them with atlas up, or give a Temporal of your own.`,
    2,
  );
}

async function put(session: StudySession, options: ScheduleOptions, cron: string): Promise<void> {
  const client = await connectTemporal(session);
  if (session.stack === null) await requireWorker(client, session);
  const row = await rowOf(session, options, cron);
  await startWorkers(session);
  await putOnTimetable(client, session, row);
  await saveSchedule(session.database, row);
}

async function rowOf(session: StudySession, { vintage, offline = false }: ScheduleOptions, cron: string): Promise<ScheduleRow> {
  const { study, places, digest } = session.loaded;
  const pattern = vintage ?? (await vintageOf(session.loaded, session.database, undefined));
  // A pattern must give a name that a rebuild would take.
  if (vintage !== undefined) await vintageOf(session.loaded, session.database, vintageAt(vintage, new Date()));
  const services = study.world.kind === 'real' ? null : await startWorld(session);
  const resolved = study as unknown as Json;
  return { study: study.name, cron, study_digest: digest, resolved, places, services, vintage: pattern, offline, build: session.build };
}

async function takeOff(session: StudySession): Promise<void> {
  const { name } = session.loaded.study;
  await takeOffTimetable(await connectTemporal(session), name);
  if (!(await dropSchedule(session.database, name))) throw noSchedule(name);
}

async function hold(session: StudySession, paused: boolean): Promise<void> {
  const { name } = session.loaded.study;
  const client = await connectTemporal(session);
  if ((await readTimetable(client, name)) === null) throw noSchedule(name);
  const handle = client.schedule.getHandle(scheduleId(name));
  await (paused ? handle.pause('atlas schedule pause') : handle.unpause('atlas schedule unpause'));
}

function noSchedule(name: string): CommandError {
  return new CommandError(`Expected a schedule of ${name}, got none. atlas schedule "0 3 1 * *" makes one.`, 2);
}

export interface ScheduleDocument {
  readonly cron: string;
  readonly vintage: string;
  /** Null when Temporal is not running: nothing is started then. */
  readonly paused: boolean | null;
  readonly next: string | null;
}

/** What is scheduled for the study; null when nothing is. */
export async function scheduleDocument(session: StudySession): Promise<ScheduleDocument | null> {
  const row = await readSchedule(session.database, session.loaded.study.name);
  if (row === null) return null;
  const running = await runningTemporal(session);
  const entry = running === null ? null : await readTimetable(await connectTemporal(running), row.study);
  return { cron: row.cron, vintage: row.vintage, paused: entry?.paused ?? null, next: entry?.next ?? null };
}

/** Looks without starting anything. */
async function runningTemporal(session: StudySession): Promise<StudySession | null> {
  if (session.temporal !== null) return session;
  const found = (await peekStack(session.settings.home)).find(({ role }) => role === 'temporal');
  if (found === undefined) return null;
  const { NAMESPACE } = await import('../stack/temporal/start.js');
  const { address } = found;
  return { ...session, temporal: { address, connection: { address }, namespace: NAMESPACE, uiUrl: null } };
}

export function scheduleLine(schedule: ScheduleDocument | null, study: string): string {
  if (schedule === null) return `schedule  none for ${study}`;
  const { cron, vintage, paused, next } = schedule;
  const state = paused === null ? 'asleep until atlas up' : paused ? 'paused' : `next ${next ?? 'never'}`;
  return `schedule  "${cron}" (UTC), vintage ${vintage}: ${state}`;
}

/** After an update or a new start, a schedule must start workflows where the workers of today are, with the services of today. */
export async function renewSchedule(session: StudySession, services: ScheduleRow['services']): Promise<void> {
  const row = await readSchedule(session.database, session.loaded.study.name);
  if (row === null || session.stack === null) return;
  const renewed = { ...row, build: session.build, services: row.services === null ? null : services };
  if (JSON.stringify(renewed) === JSON.stringify(row)) return;
  const client = await connectTemporal(session);
  // A turn that waits for workers of another build would wait for ever, and hold up all that follow.
  const stuck = row.build === session.build ? [] : ((await readTimetable(client, row.study))?.running ?? []);
  await Promise.allSettled(
    stuck.map((id) => client.workflow.getHandle(id).terminate(`build ${row.build} was replaced by ${session.build}`)),
  );
  await putOnTimetable(client, session, renewed);
  await saveSchedule(session.database, renewed);
}
