import { loadGraph } from '../activities/registry';
import { cueLine } from '../dag/cues';
import { inputIds, type Graph } from '../dag/graph';
import {
  differingRows,
  differingSteps,
  movedNumbers,
  rowsApart,
  type DifferingRows,
  type RowsApart,
  type StepDifference,
} from '../store/compare';
import type { RunState } from '../store/runs';
import { CommandError } from './failure';
import { print, type CommonOptions } from './options';
import { requireStep } from './plan-of';
import { requireRows, runOf } from './run-of';
import { openStudy, type StudySession } from './study-session';
import { table } from './table';

/** Rows shown of each side. */
const MOST_ROWS = 10;
const NO_ROWS: DifferingRows = { rows: [], differing: { a: 0, b: 0 } };

/** `atlas diff RUN_A RUN_B`: which steps differ and why, what the services changed, which published numbers moved, and the rows behind a table. */
export async function run(options: CommonOptions & { readonly table?: string }, [a, b]: readonly [string, string]): Promise<number> {
  const session = await openStudy(options, { temporal: false, reading: true });
  try {
    const [older, newer] = [await doneRun(session, a), await doneRun(session, b)];
    const steps = await differingSteps(session.database, older.id, newer.id);
    const numbers = await movedNumbers(session.database, older.id, newer.id);
    const step = options.table === undefined ? null : stepOf(options.table);
    const behind = step === null ? NO_ROWS : await differingRows(session.database, step, { a: older.id, b: newer.id, most: MOST_ROWS });
    const graph = loadGraph();
    const causes = firstCauses(graph, steps);
    const from = originsOf(graph, steps, causes);
    const told = steps.map((item) => ({ ...item, from: from(item.step) }));
    const asking = steps.filter(isOfService).map(({ step: id }) => id);
    const sources = await rowsApart(session.database, asking, { a: older.id, b: newer.id });
    print(options, { a: older.id, b: newer.id, causes, sources, steps: told, numbers, ...behind }, () => [
      ...sayCauses(causes, told, older, newer),
      ...saySources(sources, older, newer),
      '',
      ...(numbers.length === 0
        ? ['no published number moved']
        : table(
            ['number', `run ${older.id}`, `run ${newer.id}`, 'change', 'unit', 'quantity'],
            numbers.map(({ id, unit, was, is, change, quantity }) => [
              id,
              shown(was, unit),
              shown(is, unit),
              signed(change),
              unit,
              quantity,
            ]),
          )),
      ...(step === null ? [] : ['', ...sayRows(step, behind, { a: older.id, b: newer.id })]),
    ]);
    return 0;
  } finally {
    await session.close();
  }
}

/** A year is no count: it has no thousands. */
function shown(value: number | null, unit: string): string | number | null {
  return value !== null && unit === 'year' ? String(value) : value;
}

function signed(change: number | null): string | null {
  if (change === null) return null;
  return `${change > 0 ? '+' : ''}${change.toLocaleString('en-US')}`;
}

/** Views exist for runs that ended well; only they can be compared. */
async function doneRun(session: StudySession, id: string): Promise<RunState> {
  const row = await runOf(session, id);
  if (row.status !== 'done')
    throw new CommandError(`Expected a run that is done, got run ${row.id}, which is ${row.status}. atlas runs lists them.`, 2);
  if (row.partial)
    throw new CommandError(`Expected a run of all steps, got run ${row.id}, which ran selected ones only. atlas runs lists them.`, 2);
  await requireRows(session, row);
  return row;
}

function stepOf(name: string): string {
  const id = name.replace('.', '/').replaceAll('_', '-');
  requireStep(loadGraph(), id);
  return id;
}

interface Cause {
  readonly step: string;
  readonly because: readonly string[];
}

/** Steps that differ although nothing they read does: where a difference began. */
function firstCauses(graph: Graph, steps: readonly StepDifference[]): Cause[] {
  const moved = movedOf(steps);
  const first = steps.filter(({ step }) => !inputsOf(graph, step).some((id) => moved.has(id)));
  return first.map(({ step, cues }) => ({ step, because: cues.map(cueLine) }));
}

/** For each step that differs: the first causes up the graph that it differs through. */
function originsOf(graph: Graph, steps: readonly StepDifference[], causes: readonly Cause[]): (step: string) => string[] {
  const moved = movedOf(steps);
  const first = new Set(causes.map(({ step }) => step));
  const known = new Map<string, string[]>();
  const from = (step: string): string[] => {
    const found =
      known.get(step) ??
      (first.has(step)
        ? [step]
        : inputsOf(graph, step)
            .filter((id) => moved.has(id))
            .flatMap(from));
    known.set(step, [...new Set(found)]);
    return known.get(step)!;
  };
  return from;
}

/** Steps whose rows differ. */
function movedOf(steps: readonly StepDifference[]): Set<string> {
  return new Set(steps.filter(({ digests: [was, is] }) => was !== is).map(({ step }) => step));
}

/** Whether a step asked a service of two vintages and got other rows. */
function isOfService({ cues, digests: [was, is] }: StepDifference): boolean {
  return was !== is && cues.some(({ cue }) => cue === 'vintage');
}

function saySources(sources: readonly RowsApart[], older: RunState, newer: RunState): string[] {
  if (sources.length === 0) return [];
  return [
    '',
    `what the services answer otherwise, vintage ${older.vintage} → ${newer.vintage} (a row that changed is one of each; --table shows them):`,
    ...table(
      ['step', `rows of run ${older.id} only`, `of run ${newer.id} only`],
      sources.map(({ step, onlyA, onlyB }) => [step, onlyA, onlyB]),
    ),
  ];
}

/** A step that only an older program had reads nothing we know of. */
function inputsOf(graph: Graph, step: string): string[] {
  const found = graph.byId.get(step);
  return found === undefined ? [] : inputIds(found);
}

function sayCauses(causes: readonly Cause[], steps: readonly (StepDifference & { from: string[] })[], a: RunState, b: RunState): string[] {
  if (steps.length === 0) return [`runs ${a.id} and ${b.id} point at the same results`];
  const rows = steps.map(({ step, digests: [was, is], rows: [before, now], from }) => {
    const through = from.filter((id) => id !== step);
    return [step, before, now, was === is ? 'the same' : 'others', through.join(', ')];
  });
  return [
    `${steps.length} steps differ in what they were made from, ${movedOf(steps).size} of them in their rows; it began with`,
    ...causes.flatMap(({ step, because }) => [`  ${step}`, ...because.map((line) => `    ${line}`)]),
    '',
    ...table(['step', `rows, run ${a.id}`, `run ${b.id}`, 'rows are', 'through'], rows),
  ];
}

function sayRows(step: string, { rows, differing }: DifferingRows, runs: { a: number; b: number }): string[] {
  const cut = Math.max(differing.a, differing.b) > MOST_ROWS ? ` (the first ${MOST_ROWS} of each)` : '';
  return [
    `${step}: ${differing.a} rows only in run ${runs.a}, ${differing.b} only in run ${runs.b}${cut}`,
    ...rows.map(({ only, row }) => `${only === 'a' ? '-' : '+'} ${JSON.stringify(row)}`),
  ];
}
