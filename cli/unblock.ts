import { loadGraph } from '../activities/registry';
import { runSteps } from '../store/run-view';
import type { RunRow } from '../store/runs';
import { control } from './control';
import { CommandError } from './failure';
import type { CommonOptions } from './options';
import { requireStep } from './plan-of';
import type { StudySession } from './study-session';

/** `atlas unblock STEP [--abort]`: a step that waits for a person, or sleeps, goes on now, or is given up. */
export async function run(options: CommonOptions & { readonly abort?: boolean }, [step]: readonly [string]): Promise<number> {
  requireStep(loadGraph(), step);
  const giveUp = options.abort === true;
  return control(options, {
    check: (row, session) => refuseUnheld(row, session, step),
    tell: (handle) => handle.executeUpdate(giveUp ? 'abort' : 'unblock', { args: [step] }),
    said: ({ id }) => (giveUp ? `${step} is given up; run ${id} goes on around it` : `${step} goes on`) + '; atlas rebuild follows it',
  });
}

const SAID: Readonly<Record<string, string>> = { hit: 'current', ran: 'done' };

async function refuseUnheld({ id }: RunRow, { database }: StudySession, step: string): Promise<void> {
  const views = await runSteps(database, id);
  const held = views.filter(({ action, until }) => action === 'blocked' || until !== null).map((view) => view.step);
  if (held.includes(step)) return;
  const action = views.find((view) => view.step === step)?.action;
  const state = action === undefined ? 'not part of it yet' : (SAID[action] ?? action);
  const now = held.length === 0 ? 'No step of this run is.' : `These are: ${held.join(', ')}.`;
  throw new CommandError(`Expected a step that is blocked or sleeps, got ${step}, which is ${state} in run ${id}. ${now}`, 2);
}
