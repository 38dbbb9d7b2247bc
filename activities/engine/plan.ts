import { existsSync } from 'node:fs';
import { cueLine } from '../../dag/cues';
import { stoppedBy } from '../../dag/failures';
import { makePlan, type PlannedStep, type Sealed } from '../../dag/plan';
import { saveCodes } from '../../store/codes';
import { whileNothingIsCollected } from '../../store/garbage/lock';
import { planWorld } from '../../store/plan-world';
import { costOf } from '../../store/ledger';
import { finishRun, latestGoodRun, recordPlan, type RunStepUpdate } from '../../store/runs';
import { runResults, type RunResult } from '../../store/run-results';
import { publishViews } from '../../store/views';
import { openRun, sitePage, type Engine, type OpenRun } from './context';
import type { Advance, ReadyStep } from './types';

/** What stands and what comes next, for the whole graph at once; called after the start and after each step. */
export async function advance(engine: Engine, run: number): Promise<Advance> {
  const opened = await openRun(engine, run);
  await saveCodesOnce(engine);
  const before = await runResults(engine.database, run);
  const failed = before.filter((view) => view.action === 'failed').map((view) => view.step);
  const verdict = verdictOf(engine, opened, failed);
  const plan = await whileNothingIsCollected(engine.database, async () => {
    const made = await planRun(engine, opened, before);
    const updates = made.map((step) => toUpdate(step, verdict(step)));
    await recordPlan(engine.database, run, updates);
    return made;
  });
  const begun = new Set(before.filter(({ action }) => BEGUN.has(action)).map(({ step }) => step));
  const open = plan.filter(({ step, action }) => action !== 'hit' && !begun.has(step));
  const skipped = open.filter((step) => verdict(step) !== null).map(({ step }) => step);
  const mayRun = open.filter((step) => verdict(step) === null);
  const ready = mayRun.filter(({ action }) => action === 'run');
  const hits = plan.filter(({ step, action }) => action === 'hit' && !begun.has(step)).length;
  const settled = hits === plan.length && (await standsAlready(engine, opened, plan));
  if (settled) await settle(engine, run, plan);
  return {
    run,
    study: opened.row.study,
    ready: ready.map((item) => readyStep(engine, item)),
    hits,
    waiting: mayRun.filter(({ action }) => action === 'wait').map(({ step }) => step),
    skipped,
    failed,
    settled,
    usd: settled ? 0 : await costOf(engine.database, run),
  };
}

const MOST_TITLE = 80;

const BEGUN: ReadonlySet<string> = new Set(['running', 'blocked', 'ran', 'failed']);

type Verdict = (step: PlannedStep) => string | null;

/** Why a step that is not current may not begin in this run; null when it may. */
function verdictOf({ graph }: Engine, { row }: OpenRun, failed: readonly string[]): Verdict {
  const stopped = stoppedBy(graph, failed);
  const scope = row.options.scope === undefined ? null : new Set(row.options.scope);
  return ({ step, action }) => {
    if (action === 'hit') return null;
    if (scope !== null && !scope.has(step)) return 'not selected';
    const cause = stopped.get(step);
    return cause === undefined ? null : `not begun: ${cause} failed`;
  };
}

const saved = new WeakSet<Engine>();

/** Once a process: a worker's code does not change. */
async function saveCodesOnce(engine: Engine): Promise<void> {
  if (saved.has(engine)) return;
  await saveCodes(engine.database, engine.codes.values());
  saved.add(engine);
}

/** The plan of a run: steps it has sealed already are taken as they are. What there is to do in a step is seen when it is opened. */
async function planRun(engine: Engine, { row, study, keyOf }: OpenRun, before: readonly RunResult[]): Promise<PlannedStep[]> {
  return makePlan({
    graph: engine.graph,
    study,
    codes: engine.codes,
    vintage: row.vintage,
    forced: new Set(row.options.force),
    pinned: pinned(before),
    world: planWorld(engine.database),
    cut: new Set(),
    keyOf,
  });
}

function pinned(before: readonly RunResult[]): Map<string, Sealed> {
  const ran = before.filter(({ action, result }) => action === 'ran' && result !== null);
  return new Map(ran.map(({ step, result, digest, rows }) => [step, { result: result!, digest: digest!, rows: rows! }]));
}

function toUpdate({ step, action, key, cues, sealed }: PlannedStep, skipped: string | null): RunStepUpdate {
  const state = action === 'hit' ? 'hit' : skipped === null ? 'waiting' : 'skipped';
  return { step, action: state, key, cues, result: sealed?.result ?? null, shardsHit: 0, message: skipped };
}

function readyStep(engine: Engine, { step, cues }: PlannedStep): ReadyStep {
  const { doc, queue } = engine.graph.byId.get(step)!;
  const more = cues.length > 1 ? ` (and ${cues.length - 1} more)` : '';
  return { step, queue, title: shortened(doc), cue: cues[0] === undefined ? '' : (cueLine(cues[0]) + more).slice(0, 100) };
}

/** Whole words, as many as there is room for: every step of a plan may be ready at once. */
function shortened(doc: string): string {
  return doc.length <= MOST_TITLE ? doc : `${doc.slice(0, MOST_TITLE).replace(/[\s,;:(]*\S*$/, '')} …`;
}

/** Closes a run that found everything in place; its own views are all it needs. */
async function settle(engine: Engine, run: number, plan: readonly PlannedStep[]): Promise<void> {
  const steps = plan.map(({ step, sealed }) => ({ step: engine.graph.byId.get(step)!, result: sealed!.result }));
  await publishViews(engine.database, run, null, steps);
  await finishRun(engine.database, run, 'done', null);
}

/** Whether the latest good run points at the very same results, so that views and page need no move. */
async function standsAlready(engine: Engine, { row }: OpenRun, plan: readonly PlannedStep[]): Promise<boolean> {
  const latest = await latestGoodRun(engine.database, row.study);
  if (latest === null || latest.study_digest !== row.study_digest || latest.build !== row.build) return false;
  const page = sitePage(engine, row.study);
  if (page !== null && !existsSync(page)) return false;
  const shown = new Map((await runResults(engine.database, latest.id)).map((view) => [view.step, view.result]));
  return plan.every(({ step, sealed }) => shown.get(step) === sealed?.result) && shown.size === plan.length;
}
