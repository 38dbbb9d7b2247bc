import { cueLine } from '../dag/cues';
import type { RunStepView } from '../store/run-view';

/** One step of a run in the form of `show`, `status` and `rebuild` for scripts. */
export function stepDocument({ step, key, action, digest, rows, shards, attempts, seconds, cues, message, until }: RunStepView) {
  return { step, key, action, digest, rows, shards, attempts, seconds, cues, message, until };
}

/** One step of a run as a row for people. */
export function stepCells({ step, action, rows, shards, seconds, cues, message }: RunStepView): (string | number | null)[] {
  const done = shards.total === 0 ? '' : action === 'hit' ? `${shards.total}` : `${shards.hit + shards.ran}/${shards.total}`;
  const why = message ?? (action === 'hit' ? '' : cues.map(cueLine).join('; '));
  return [action, step, done, rows, seconds === null ? null : `${seconds.toFixed(1)} s`, shortened(why.split('\n')[0]!)];
}

export const stepHeader = ['', 'step', 'shards', 'rows', 'time', 'why'];

function shortened(text: string): string {
  return text.length > 100 ? `${text.slice(0, 99)}…` : text;
}
