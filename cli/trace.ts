import { loadGraph } from '../activities/registry';
import type { Graph } from '../dag/graph';
import { inputIds } from '../dag/graph';
import { blobPath } from '../store/blobs/blobs';
import { requestsOf, type AnswerRead } from '../store/answers';
import { runSteps, type RunStepView } from '../store/run-view';
import { latestGoodRun, type RunState } from '../store/runs';
import { CommandError } from './failure';
import { numberOf, type NumberRows } from './number-id';
import { print, type CommonOptions } from './options';
import { openStudy, type StudySession } from './study-session';
import { table } from './table';

interface TracedStep {
  readonly step: string;
  readonly key: string | null;
  readonly digest: string | null;
  readonly rows: number | null;
  readonly requests: number;
  readonly bytes: number;
  /** Every answer that its rows were read from. */
  readonly sources: readonly AnswerRead[];
}

/** `atlas trace NUMBER_ID`: from a number back to its rows, steps, requests and bytes. */
export async function run(options: CommonOptions & { readonly requests?: boolean }, [id]: readonly [string]): Promise<number> {
  const session = await openStudy(options, { temporal: false, reading: true });
  try {
    const row = await lastRun(session);
    const graph = loadGraph();
    const { tables, ...number } = await numberOf(session.database, row.id, graph, id);
    const steps = await chain(session, graph, { ...number, tables });
    print(options, { id, run: row.id, vintage: row.vintage, ...number, steps }, () => [
      ...lines(id, row, number, steps),
      ...(options.requests === true ? requestLines(steps) : []),
    ]);
    return 0;
  } finally {
    await session.close();
  }
}

async function lastRun({ database, loaded }: StudySession): Promise<RunState> {
  const row = await latestGoodRun(database, loaded.study.name);
  if (row === null)
    throw new CommandError(`Expected a finished run of ${loaded.study.name}, got none yet. Start one with atlas rebuild.`, 2);
  return row;
}

/** The step of the number and everything above it, each with the requests that brought its bytes, in whichever run that was. */
async function chain(session: StudySession, graph: Graph, { step, tables }: NumberRows): Promise<TracedStep[]> {
  const row = await lastRun(session);
  const views = new Map((await runSteps(session.database, row.id)).map((view) => [view.step, view]));
  const found: string[] = [];
  const visit = (id: string): void => {
    if (found.includes(id)) return;
    found.push(id);
    const { inputs } = graph.byId.get(id)!;
    const read = id === step && tables !== null ? tables.map((name) => inputs[name]!.id) : inputIds({ id, inputs });
    read.forEach(visit);
  };
  visit(step);
  return Promise.all(found.map((id) => traced(session, views.get(id)!)));
}

async function traced({ database }: StudySession, view: RunStepView): Promise<TracedStep> {
  const requests = await requestsOf(database, view.result!);
  const bytes = requests.reduce((sum, request) => sum + (request.bytes ?? 0), 0);
  return { step: view.step, key: view.key, digest: view.digest, rows: view.rows, requests: requests.length, bytes, sources: requests };
}

function lines(id: string, row: RunState, number: Omit<NumberRows, 'tables'>, steps: readonly TracedStep[]): string[] {
  const shown = number.rows.slice(0, 5).map((item) => `  ${JSON.stringify(item)}`);
  return [
    `${id} = ${number.value ?? 'unknown'} (run ${row.id}, vintage ${row.vintage})`,
    '',
    `from ${number.rows.length === 1 ? 'this row' : `these ${number.rows.length} rows`} of ${number.step}:`,
    ...shown,
    ...(number.rows.length > 5 ? ['  …'] : []),
    '',
    ...table(
      ['step', 'rows', 'requests', 'bytes', 'key', 'digest'],
      steps.map(({ step, rows, requests, bytes, key, digest }) => [
        step,
        rows,
        requests,
        bytes,
        key?.slice(0, 12) ?? null,
        digest?.slice(0, 12) ?? null,
      ]),
    ),
  ];
}

/** The answers themselves, with the name of the file that holds their bytes. */
function requestLines(steps: readonly TracedStep[]): string[] {
  const rows = steps.flatMap(({ step, sources }) =>
    sources.map(({ canonical, bytes, blob }) => [step, bytes, blob === null ? null : blobPath(blob), canonical]),
  );
  return ['', ...table(['step', 'bytes', 'file in the home or bucket', 'request'], rows)];
}
