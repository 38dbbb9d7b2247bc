import type { Advance, Held } from '../activities/engine/types';
import type { AtWork, Ended, StepsAtWork } from './steps-at-work';

/** Temporal keeps 20,000 bytes. */
const MOST_BYTES = 19_500;

/** More are in the table, and in the database. */
const MOST_MESSAGES = 8;

/** The UI sets columns without room between them. */
const GAP = '\u00a0\u00a0';

/** How a run stands, in markdown: what needs a person first, then what is at work, has ended, waits. Messages stand above the table: the UI cuts wide cells off. */
export function progressText(state: Advance, { live, ended }: Pick<StepsAtWork, 'live' | 'ended'>, paused: boolean): string {
  const sealed = ended.filter(({ failure }) => failure === null);
  const started = new Set([...live.keys(), ...ended.map(({ step }) => step)]);
  const waiting = [...state.ready.map(({ step }) => step), ...state.waiting].filter((step) => !started.has(step));
  const held = [...live].flatMap(([step, now]) => (now.held === null ? [] : [heldText(step, now.held)]));
  const failures = ended.flatMap(({ step, failure }) => (failure === null ? [] : [`**${step} failed.** ${oneLine(failure)}`]));
  const counts = [
    [state.hits, 'were current'],
    [sealed.length, 'done'],
    [ended.length - sealed.length, 'failed'],
    [held.length, 'held'],
    [live.size - held.length, 'at work'],
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
  const needs = [...held, ...failures].slice(0, MOST_MESSAGES).flatMap((text) => [text, '']);
  return fitting([...head, ...needs, ...table, ...listed('Waiting', waiting), ...listed('Left out', state.skipped)]);
}

/** What to do about a step that is held, in the words of the UI. */
function heldText(step: string, { until, message }: Held): string {
  if (until !== null) return `**${step} sleeps until ${until}.** ${oneLine(message)}`;
  return `**${step} is blocked.** ${oneLine(message)} Then, under *More Actions*, send the update \`unblock\` with \`"${step}"\`; or \`abort\` to give the step up.`;
}

function liveRow(step: string, { done, total, held }: AtWork): string {
  const shards = total === 0 ? '' : `${done} of ${total} shards`;
  if (held !== null) return row(step, held.until === null ? '**blocked**' : 'sleeps', shards);
  return row(step, 'at work', shards);
}

function endedRow({ step, sealed }: Ended): string {
  if (sealed === null) return row(step, '**failed**', '');
  return row(step, 'done', sealed.warning ?? `${sealed.rows.toLocaleString('en-US')} rows`);
}

function row(step: string, state: string, text: string): string {
  return `| ${step}${GAP} | ${state}${GAP} | ${text.replaceAll('|', '\\|').slice(0, 400)} |`;
}

/** Markdown of somebody else's words: one paragraph, of a length that leaves room for the table. */
function oneLine(text: string): string {
  return text.replaceAll('\n', ' ').slice(0, 600);
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
