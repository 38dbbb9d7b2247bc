import { ApplicationFailure } from '@temporalio/common';
import { failingRows, sealResult } from '../../store/results';
import { endStep } from '../../store/runs';
import type { Engine } from './context';
import type { SealedStep } from './types';

/** Checks a result, closes it and notes it with the run. A result that fails a check is not sealed. Idempotent. */
export async function sealStep(engine: Engine, run: number, stepId: string, result: number): Promise<SealedStep> {
  const step = engine.graph.byId.get(stepId)!;
  const broken = await failingRows(engine.database, step, result);
  if (broken.length > 0) throw ApplicationFailure.nonRetryable(broken.map(messageOf(stepId)).join('\n'), 'CheckFailed');
  const { digest, rows, differsFrom } = await sealResult(engine.database, step, result);
  const warning =
    differsFrom === null ? null : `not reproducible: the same key gave ${differsFrom.slice(0, 12)} before and ${digest.slice(0, 12)} now`;
  await endStep(engine.database, run, stepId, { action: 'ran', message: warning });
  return { digest, rows, warning };
}

function messageOf(step: string) {
  return ({ check, advice, rows }: { check: string; advice: string; rows: unknown[] }) =>
    `Expected of ${step}: ${check}; got rows that break it, such as ${JSON.stringify(rows[0]).slice(0, 300)}. ${advice}`;
}
