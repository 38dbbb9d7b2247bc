import type { Advance } from '../activities/engine/types';
import type { AtWork, Ended, StepsAtWork } from './steps-at-work';

/** Temporal keeps 20,000 bytes. */
const MOST_BYTES = 19_500;

/** The UI sets columns without room between them. */
const GAP = '\u00a0\u00a0';

/** How a run stands, in markdown: what needs a person first, then what is at work, has ended, waits. */
export function progressText(state: Advance, { live, ended }: Pick<StepsAtWork, 'live' | 'ended'>, paused: boolean): string {
  const sealed = ended.filter(({ failure }) => failure === null);
  const started = new Set([...live.keys(), ...ended.map(({ step }) => step)]);
  const waiting = [...state.ready.map(({ step }) => step), ...state.waiting].filter((step) => !started.has(step));
  const counts = [
    [state.hits, 'were current'],
    [sealed.length, 'done'],
    [ended.length - sealed.length, 'failed'],
    [live.size, 'at work'],
    [waiting.length, 'waiting'],
    [state.skipped.length, 'left out'],
  ] as const;
  const line = counts.filter(([count], index) => count > 0 || index === 0).map(([count, what]) => `${count} ${what}`);
  const rows = [...[...live].map(([step, now]) => liveRow(step, now)), ...[...ended].reverse().map(endedRow)];
  const table =
    rows.length === 0
      ? [state.settled ? 'Every step is current: there was nothing to do.' : '']
      : ['| step | state | |', '|---|---|---|', ...rows];
  const head = [...(paused ? ['**Paused.** Send `unpause` to let it go on.', ''] : []), `Steps: ${line.join(' · ')}`, ''];
  return fitting([...head, ...table, ...listed('Waiting', waiting), ...listed('Left out', state.skipped)]);
}

function liveRow(step: string, { done, total, held }: AtWork): string {
  if (held !== null) return row(step, held.until === null ? '**blocked**' : `sleeps until ${held.until}`, held.message);
  return row(step, 'at work', total === 0 ? '' : `${done} of ${total} shards`);
}

function endedRow({ step, sealed, failure }: Ended): string {
  if (sealed === null) return row(step, '**failed**', failure ?? '');
  return row(step, 'done', sealed.warning ?? `${sealed.rows.toLocaleString('en-US')} rows`);
}

function row(step: string, state: string, text: string): string {
  return `| ${step}${GAP} | ${state}${GAP} | ${text.replaceAll('|', '\\|').replaceAll('\n', ' ').slice(0, 400)} |`;
}

function listed(what: string, steps: readonly string[]): string[] {
  return steps.length === 0 ? [] : ['', `${what}: ${steps.join(', ')}`];
}

/** Whole lines, as many as there is room for. */
function fitting(lines: readonly string[]): string {
  const encoder = new TextEncoder();
  let room = MOST_BYTES;
  const cut = lines.findIndex((line) => (room -= encoder.encode(line).length + 1) < 0);
  return (cut < 0 ? lines : [...lines.slice(0, cut), '…']).join('\n');
}
