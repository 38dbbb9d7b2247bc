import { loadGraph } from '../activities/registry';
import type { Graph } from '../dag/graph';
import { inputIds } from '../dag/graph';
import { query } from '../store/database';
import { runSteps, type RunStepView } from '../store/run-view';
import { latestGoodRun, type RunRow } from '../store/runs';
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
}

/** `atlas trace NUMBER_ID`: from a number back to its rows, steps, requests and bytes. */
export async function run(options: CommonOptions, [id]: readonly [string]): Promise<number> {
  const session = await openStudy(options, { temporal: false, reading: true });
  try {
    const row = await lastRun(session);
    const graph = loadGraph();
    const number = await numberOf(session.database, row.id, graph, id);
    const steps = await chain(session, graph, number);
    print(options, { id, run: row.id, vintage: row.vintage, ...number, steps }, () => lines(id, row, number, steps));
    return 0;
  } finally {
    await session.close();
  }
}

async function lastRun({ database, loaded }: StudySession): Promise<RunRow> {
  const row = await latestGoodRun(database, loaded.study.name);
  if (row === null)
    throw new CommandError(`Expected a finished run of ${loaded.study.name}, got none yet. Start one with atlas rebuild.`, 2);
  return row;
}

/** The step of the number and everything above it, each with the requests that brought its bytes, in whichever run that was. */
async function chain(session: StudySession, graph: Graph, { step }: NumberRows): Promise<TracedStep[]> {
  const row = await lastRun(session);
  const views = new Map((await runSteps(session.database, row.id)).map((view) => [view.step, view]));
  const found: string[] = [];
  const visit = (id: string): void => {
    if (found.includes(id)) return;
    found.push(id);
    inputIds(graph.byId.get(id)!).forEach(visit);
  };
  visit(step);
  return Promise.all(found.map((id) => traced(session, views.get(id)!)));
}

async function traced({ database }: StudySession, view: RunStepView): Promise<TracedStep> {
  const [asked] = await query<{ requests: number; bytes: number }>(database, {
    text: `select count(*)::int as requests, coalesce(sum(bytes), 0)::bigint as bytes from store.request where not cached and shard in (select shard from store.result_shard where result = $1)`,
    values: [view.result],
  });
  return { step: view.step, key: view.key, digest: view.digest, rows: view.rows, requests: asked!.requests, bytes: asked!.bytes };
}

function lines(id: string, row: RunRow, number: NumberRows, steps: readonly TracedStep[]): string[] {
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
