import path from 'node:path';
import { setFingerprint, setServices } from '../store/runs';
import { refuseMoved } from './accepted';
import { holdDriftGate } from './drift-gate';
import { follow } from './follow';
import { note, print, type SelectorOptions } from './options';
import { planStudy, type StudyPlan } from './plan-of';
import { startWorkers, startWorld } from './processes';
import { startOrAttach, type LiveRun } from './run';
import { renewSchedule } from './schedule';
import { stepCells, stepDocument, stepHeader } from './step-lines';
import { openStudy, type StudySession } from './study-session';
import { table } from './table';
import { runSteps } from '../store/run-view';
import { existsSync } from 'node:fs';

export interface RebuildOptions extends SelectorOptions {
  readonly accept?: string;
  readonly detach?: boolean;
}

/** `atlas rebuild` */
export async function run(options: RebuildOptions): Promise<number> {
  const session = await openStudy(options, { temporal: true });
  try {
    return await rebuildIn(session, options, options.detach === true ? 'detached' : 'command');
  } finally {
    await session.close();
  }
}

/** One rebuild within an open session, printed. @returns the exit code */
export async function rebuildIn(session: StudySession, options: RebuildOptions, trigger: string): Promise<number> {
  const started = Date.now();
  const plan = await planStudy(session, options);
  if (options.accept !== undefined) await refuseMoved(session, plan, options.accept);
  if (plan.steps.some(({ action }) => action !== 'hit')) await refuseUnready(session, plan, options);
  const scope = plan.scope === null ? {} : { scope: plan.scope };
  const wish = { vintage: plan.vintage, options: { force: plan.force, offline: options.offline ?? false, ...scope }, trigger };
  // The run comes first: what is refused must not move the world or the workers of a run in progress.
  const live = await startOrAttach(session, wish, async (row) => {
    // A rebuild with nothing to do asks nobody: its world can stay asleep.
    const idle = plan.steps.every(({ action }) => action === 'hit');
    const services = idle ? session.settings.services : await startWorld(session);
    await setServices(session.database, row.id, services);
    await startWorkers(session);
    if (!idle) await renewSchedule(session, services);
  });
  note(
    live.attached
      ? `Following run ${live.row.id}, which is ${STANDS[live.row.status] ?? 'in progress'}.`
      : `Run ${live.row.id} of ${session.loaded.study.name}, vintage ${plan.vintage}.`,
  );
  if (!live.attached) await setFingerprint(session.database, live.row.id, plan.fingerprint);
  if (options.detach === true) return detached(session, live, options);
  return ended(session, live, { options, started });
}

const STANDS: Readonly<Record<string, string>> = {
  paused: 'paused (atlas unpause lets it go on)',
  blocked: 'blocked (atlas unblock STEP lets it go on)',
  sleeping: 'asleep until a budget is renewed',
};

/** What can be known before a run: files of rankings, services and their keys. With it comes an HTTP client, which a rebuild with nothing to do does not wait for. @throws CommandError (exit 2) */
async function refuseUnready(session: StudySession, plan: StudyPlan, { offline }: RebuildOptions): Promise<void> {
  const { refuseClosedDoors, refuseRankings, tellAllowance } = await import('./preflight.js');
  await refuseRankings(session, plan);
  if (session.loaded.study.world.kind === 'real') tellAllowance(await refuseClosedDoors(session, plan, offline === true));
}

async function detached(session: StudySession, live: LiveRun, options: RebuildOptions): Promise<number> {
  await session.stack?.stay();
  const document = {
    run: live.row.id,
    workflowId: live.row.workflow_id,
    status: 'running',
    steps: [],
    seconds: 0,
    site: null,
    temporalUi: await temporalUi(session, live),
  };
  print(options, document, () => [
    `run ${live.row.id} goes on by itself: atlas status tells how far, atlas down stops it`,
    `run in the Temporal UI  ${document.temporalUi ?? '–'}`,
  ]);
  return 0;
}

async function ended(session: StudySession, live: LiveRun, how: { options: RebuildOptions; started: number }): Promise<number> {
  // Somebody at a terminal can unblock it from another one; a script must be told.
  const patient = process.stderr.isTTY && how.options.json !== true;
  const row = await follow(session, live, patient);
  const views = await runSteps(session.database, row.id);
  const site = path.join(session.settings.home, 'site', session.loaded.study.name, 'index.html');
  const document = {
    run: row.id,
    workflowId: row.workflow_id,
    status: row.status,
    steps: views.map(stepDocument),
    seconds: (Date.now() - how.started) / 1000,
    site: row.status === 'done' && !row.partial && existsSync(site) ? site : null,
    temporalUi: await temporalUi(session, live),
  };
  print(how.options, document, () => {
    const failed = views.filter((view) => view.action === 'failed' || view.action === 'blocked');
    const count = (action: string): number => views.filter((view) => view.action === action).length;
    return [
      ...(failed.length > 0 ? [...table(stepHeader, failed.map(stepCells)), ''] : []),
      `run ${row.id} ${row.status}: ${count('hit')} steps current, ${count('ran')} ran${count('failed') > 0 ? `, ${count('failed')} failed, ${count('skipped')} not begun` : ''}${row.partial ? `, ${count('skipped')} not selected and not current: the page and the plain views stay as they were` : ''}, in ${document.seconds.toFixed(1)} s`,
      `atlas page              ${document.site ?? '–'}`,
      `run in the Temporal UI  ${document.temporalUi ?? '–'}${session.stack === null ? '' : ' (while the engines are up: atlas up)'}`,
    ];
  });
  if (row.status === 'failed') note(withWayOn(row.message ?? 'The run failed.'));
  if (row.status === 'blocked')
    note(
      `${row.message ?? 'The run waits for you.'}\nThen: atlas unblock STEP (or atlas unblock STEP --abort to give the step up), and atlas rebuild to follow the run.`,
    );
  if (row.status !== 'done') return 1;
  if (views.some(({ step, rows }) => step === 'sample/final' && rows === 0))
    note('No article is in the final sample: atlas export --table atlas.sample_flow says where they were lost.');
  if (!row.partial) await holdDriftGate(session, row.id);
  return 0;
}

/** A failed step's message says already how to go on. */
function withWayOn(message: string): string {
  const kept = 'What was finished is kept';
  return message.includes(kept) ? message : `${message}\n${kept}: mend the cause, then start the rebuild again.`;
}

async function temporalUi({ temporal }: StudySession, { row, handle }: LiveRun): Promise<string | null> {
  if (temporal?.uiUrl == null) return null;
  // A run that was followed may have been started by another command.
  const runId = 'firstExecutionRunId' in handle ? handle.firstExecutionRunId : (await handle.describe()).runId;
  return `${temporal.uiUrl}/namespaces/${temporal.namespace}/workflows/${encodeURIComponent(row.workflow_id)}/${runId}/history`;
}
