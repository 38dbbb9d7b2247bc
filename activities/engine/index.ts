import { activityInfo, heartbeat } from '@temporalio/activity';
import { endStep, finishRun, holdStep, markRun } from '../../store/runs';
import type { Engine } from './context';
import { drivenRun } from './drive';
import { failureOf } from './failure';
import { stepActivity } from './group';
import { openStep } from './open';
import { advance } from './plan';
import { publish } from './publish';
import { sealStep } from './seal';
import type { EngineActivities, StepActivities } from './types';

const BEAT_MS = 2_000;

/** The generic activities, each beating while it works. */
export function engineActivities(engine: Engine): EngineActivities {
  return {
    plan: (wish) => beating(async () => advance(engine, await drivenRun(engine, wish, activityInfo().workflowExecution!))),
    open: (run, step) => beating(() => openStep(engine, run, step)),
    seal: (run, step, result) => beating(() => sealStep(engine, run, step, result)),
    fail: (run, step, message) => beating(() => endStep(engine.database, run, step, { action: 'failed', message })),
    hold: (run, step, held) => beating(() => holdStep(engine.database, run, step, held)),
    mark: (run, status, message) => beating(() => markRun(engine.database, run, status, message)),
    publish: (run) => beating(() => publish(engine, run)),
    finish: (run, status, message) => beating(() => finishRun(engine.database, run, status, message)),
  };
}

/** The steps of a queue as activities, each called by its id. */
export function stepActivities(engine: Engine, queue: string): StepActivities {
  const steps = engine.graph.order.filter((step) => step.queue === queue);
  return Object.fromEntries(steps.map((step) => [step.id, stepActivity(engine, step)]));
}

async function beating<T>(work: () => Promise<T>): Promise<T> {
  heartbeat();
  const beat = setInterval(() => {
    heartbeat();
  }, BEAT_MS);
  try {
    return await work();
  } catch (error) {
    throw failureOf(error, activityInfo().attempt);
  } finally {
    clearInterval(beat);
  }
}
