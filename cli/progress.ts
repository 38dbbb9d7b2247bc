import { clearScreenDown, moveCursor } from 'node:readline';
import type { RunStepView } from '../store/run-view';

/** Shows a run while it goes on: a few live lines on a terminal, one line per finished step elsewhere. */
export class Progress {
  readonly #told = new Set<string>();
  readonly #held = new Set<string>();
  #drawn = 0;

  constructor(private readonly stream: NodeJS.WriteStream = process.stderr) {}

  /** Steps that were done before we came: told in one line. */
  skip(steps: readonly RunStepView[]): void {
    const done = steps.filter(({ action }) => action === 'ran' || action === 'failed');
    for (const { step } of done) this.#told.add(step);
    if (done.length > 0) this.stream.write(`${done.length === 1 ? '1 step was' : `${done.length} steps were`} done before\n`);
  }

  show(steps: readonly RunStepView[]): void {
    this.clear();
    for (const step of steps) this.#tellHeld(step);
    for (const step of steps) this.#tellEnd(step);
    if (this.stream.isTTY) this.#draw(liveLines(steps));
  }

  /** Takes the live lines away, so that what is printed next stands on clean ground. */
  clear(): void {
    if (this.#drawn === 0) return;
    moveCursor(this.stream, 0, -this.#drawn);
    clearScreenDown(this.stream);
    this.#drawn = 0;
  }

  #draw(lines: readonly string[]): void {
    this.stream.write(lines.map((line) => `${line.slice(0, (this.stream.columns || 80) - 1)}\n`).join(''));
    this.#drawn = lines.length;
  }

  /** What a step waits for is news once; again when it has gone on and is held anew. */
  #tellHeld({ step, action, until, message }: RunStepView): void {
    const held = action === 'blocked' || until !== null;
    if (!held) this.#held.delete(step);
    if (!held || this.#held.has(step)) return;
    this.#held.add(step);
    const state = until === null ? 'blocked' : `sleeps until ${until.toISOString()}`;
    this.stream.write(`! ${step} ${state}: ${message ?? ''}\n`);
  }

  #tellEnd({ step, action, rows, shards, seconds, message }: RunStepView): void {
    if ((action !== 'ran' && action !== 'failed') || this.#told.has(step)) return;
    this.#told.add(step);
    const took = seconds === null ? '' : ` in ${seconds.toFixed(1)} s`;
    const reused = shards.hit > 0 ? `, ${shards.hit} reused` : '';
    const text =
      action === 'ran'
        ? `✓ ${step}: ${counted(rows ?? 0, 'row')}, ${counted(shards.total, 'shard')}${reused}${took}`
        : `✗ ${step}: ${message ?? 'failed'}`;
    this.stream.write(`${text}\n`);
  }
}

function liveLines(steps: readonly RunStepView[]): string[] {
  const running = steps.filter((step) => step.action === 'running').map(liveLine);
  const count = (action: string): number => steps.filter((step) => step.action === action).length;
  return [...running, `${count('hit')} current · ${count('ran')} done · ${running.length} running · ${count('waiting')} waiting`];
}

function liveLine({ step, shards, rows, seconds }: RunStepView): string {
  const done = shards.hit + shards.ran;
  const share = shards.total === 0 ? 0 : done / shards.total;
  const bar = '█'.repeat(Math.round(share * 20)).padEnd(20, '░');
  const elapsed = Math.max(seconds ?? 0, 0.1);
  const left = shards.ran === 0 ? '' : ` · ${Math.ceil(((shards.total - done) / shards.ran) * elapsed)} s left`;
  const rate = rows === null || rows === 0 ? '' : ` · ${Math.round(rows / elapsed).toLocaleString('en-US')} rows/s`;
  return `${bar} ${step} ${done}/${shards.total} shards · ${(rows ?? 0).toLocaleString('en-US')} rows${rate}${left}`;
}

function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`;
}
