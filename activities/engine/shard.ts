import type { Json } from '../../dag/canonical';
import type { AnyStep, StepRun } from '../../dag/step';
import { query } from '../../store/database';
import { inputTable } from '../../store/input';
import { readResult, type ResultRow } from '../../store/results';
import { runResults } from '../../store/run-results';
import { commitPage, finishShard, insertShard, type Claim, type Page, type ShardRow } from '../../store/shards';
import type { Engine, OpenRun } from './context';
import type { Batch } from './batch';
import { openServices } from './services';
import type { GroupTask } from './types';

interface ShardWork {
  readonly step: AnyStep;
  readonly task: GroupTask;
  readonly shard: ShardRow;
  readonly opened: OpenRun;
  readonly claim: Claim;
  readonly signal: AbortSignal;
  readonly tell: (note: string) => void;
  readonly inputs: StepInputs;
  readonly batch: Batch;
}

type StepInputs = StepRun<Json, AnyStep['inputs'], AnyStep['output'], unknown>['inputs'];

/** Runs one shard under its claim, to its end. @returns rows written in all */
export async function runShard(engine: Engine, work: ShardWork): Promise<number> {
  const { step, task, shard, claim, opened, inputs } = work;
  const started = Date.now();
  const params = step.params(opened.study);
  const page = pageOf(step, shard, claim);
  if (step.sql !== null) {
    return insertShard(engine.database, page([]), step.sql(inputs, params), { started, run: task.run });
  }
  const services = openServices(engine, opened, { run: task.run, step: step.id, shard: shard.id });
  const rows: Readonly<Record<string, unknown>>[] = [];
  let paged = false;
  const context: StepRun<Json, typeof step.inputs, typeof step.output, unknown> = {
    params,
    shard: shard.task,
    inputs,
    services: services.services,
    signal: work.signal,
    cursor: claim.cursor,
    write: (more) => {
      for (const row of more) rows.push(row);
    },
    commit: async (cursor) => {
      paged = true;
      await commitPage(engine.database, page(rows.splice(0)), cursor);
    },
    progress: work.tell,
    query: (statement) => query(engine.database, statement),
  };
  try {
    await step.run!(context);
    const seconds = (Date.now() - started) / 1000;
    // A shard that paged, or that went on where another attempt had stopped, has more rows than are in hand.
    if (paged || claim.cursor !== null || !step.sharded) return await finishShard(engine.database, page(rows), seconds, task.run);
    await work.batch.add({ ...page(rows), seconds });
    return rows.length;
  } finally {
    await services.close();
  }
}

function pageOf(step: AnyStep, shard: ShardRow, { fence }: Claim) {
  const shardColumn = step.sharded ? shard.id : null;
  return (rows: Page['rows']): Page => ({ shard: shard.id, fence, table: shard.relation, columns: step.output, shardColumn, rows });
}

/** The inputs of a step as this run points at them. */
export async function inputTables(engine: Engine, step: AnyStep, run: number): Promise<StepInputs> {
  const results = new Map((await runResults(engine.database, run)).map((view) => [view.step, view.result]));
  const tables = await Promise.all(
    Object.entries(step.inputs).map(async ([name, input]) => {
      const row: ResultRow = await readResult(engine.database, results.get(input.id)!);
      return [name, inputTable(engine.database, input, row)] as const;
    }),
  );
  return Object.fromEntries(tables);
}
