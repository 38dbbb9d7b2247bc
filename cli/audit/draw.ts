import { stratifiedDraw } from '../../methods/stratified-draw';
import { auditedRows, type Audited, type AuditKind } from '../../store/audited';
import type { Database } from '../../store/database';
import { CommandError } from '../failure';
import { kindOf } from './kinds';

/** What a sheet was drawn by. Each of its rows carries it, so that `score` can draw the same rows again: that is the key to the sheet. */
export interface Draw {
  readonly study: string;
  readonly run: number;
  readonly kind: AuditKind;
  readonly n: number;
  readonly seed: string;
}

export function drawName({ study, run, kind, n, seed }: Draw): string {
  return `${study} run=${run} kind=${kind} n=${n} seed=${seed}`;
}

/** @throws CommandError (exit 2) */
export function drawOf(name: string, where: string): Draw {
  const [, study, run, kind, n, seed] = /^(\S+) run=(\d{1,9}) kind=(\S+) n=(\d{1,9}) seed=([\w.-]+)$/.exec(name) ?? [];
  if (study === undefined)
    throw new CommandError(
      `Expected the audit that a sheet belongs to, as atlas audit sample wrote it, got "${name}" (${where}, column audit). Restore that cell.`,
      2,
    );
  return { study, run: Number(run), kind: kindOf(kind!), n: Number(n), seed: seed! };
}

export interface Drawn {
  /** Every row that could be drawn. */
  readonly population: readonly Audited[];
  readonly rows: readonly Audited[];
}

/** @throws CommandError (exit 2) when fewer rows are published than asked for */
export async function drawRows(database: Database, { study, run, kind, n, seed }: Draw): Promise<Drawn> {
  const population = await auditedRows(database, run, kind);
  if (n > population.length)
    throw new CommandError(
      `Expected --n of at most ${population.length}, the published rows of ${kind} in run ${run} of ${study}, got ${n}. Ask for fewer rows.`,
      2,
    );
  const drawable = population.map((row) => ({ ...row, strata: [row.region ?? '', String(row.year), row.cue] }));
  return { population, rows: stratifiedDraw(drawable, n, seed) };
}
