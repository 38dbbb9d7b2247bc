import { loadGraph } from '../activities/registry';
import { cueLine } from '../dag/cues';
import { inputIds, type Graph } from '../dag/graph';
import { differingRows, differingSteps, movedNumbers, rowsApart, type RowsApart, type StepDifference } from '../store/compare';
import type { RunState } from '../store/runs';
import { CommandError } from './failure';
import { print, type CommonOptions } from './options';
import { requireStep } from './plan-of';
import { requireRows, runOf } from './run-of';
import { openStudy, type StudySession } from './study-session';
import { table } from './table';

/** Rows shown of each side. */
const MOST_ROWS = 10;

/** `atlas diff RUN_A RUN_B`: which steps differ and why, what the services changed, which published numbers moved, and the rows behind a table. */
export async function run(options: CommonOptions & { readonly table?: string }, [a, b]: readonly [string, string]): Promise<number> {
  const session = await openStudy(options, { temporal: false, reading: true });
  try {
    const [older, newer] = [await doneRun(session, a), await doneRun(session, b)];
    const steps = await differingSteps(session.database, older.id, newer.id);
    const numbers = await movedNumbers(session.database, older.id, newer.id);
    const step = options.table === undefined ? null : stepOf(options.table);
    const rows = step === null ? [] : await differingRows(session.database, step, { a: older.id, b: newer.id, most: MOST_ROWS });
    const causes = firstCauses(steps);
    const sources = await rowsApart(
      session.database,
      steps.filter(isOfService).map(({ step: id }) => id),
      { a: older.id, b: newer.id },
    );
    print(options, { a: older.id, b: newer.id, causes, sources, steps, numbers, rows }, () => [
      ...sayCauses(causes, steps, older, newer),
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
      ...(step === null ? [] : ['', ...rows.map(({ only, row }) => `${only === 'a' ? '-' : '+'} ${JSON.stringify(row)}`)]),
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

/** Steps that differ although nothing they read does: where a difference began. */
function firstCauses(steps: readonly StepDifference[]): { step: string; because: string[] }[] {
  const graph = loadGraph();
  const moved = new Set(steps.filter(({ digests: [was, is] }) => was !== is).map(({ step }) => step));
  const first = steps.filter(({ step }) => !inputsOf(graph, step).some((id) => moved.has(id)));
  return first.map(({ step, cues }) => ({ step, because: cues.map(cueLine) }));
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

function sayCauses(
  causes: readonly { step: string; because: readonly string[] }[],
  steps: readonly StepDifference[],
  a: RunState,
  b: RunState,
): string[] {
  if (steps.length === 0) return [`runs ${a.id} and ${b.id} point at the same results`];
  const content = steps.filter(({ digests: [was, is] }) => was !== is).length;
  return [
    `${steps.length} steps differ in what they were made from, ${content} of them in their rows; it began with`,
    ...causes.flatMap(({ step, because }) => [`  ${step}`, ...because.map((line) => `    ${line}`)]),
  ];
}
