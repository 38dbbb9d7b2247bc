import path from 'node:path';
import type { LoadedStudy } from '../../config/load';
import type { Settings } from '../../config/settings';
import { stepsFolder } from '../../config/steps-folder';
import type { Code } from '../../dag/closure';
import type { Graph } from '../../dag/graph';
import type { Study } from '../../config/study';
import type { Database } from '../../store/database';
import { readRun, readRunState, type RunState } from '../../store/runs';

/** What the engine's activities share: one per worker process. */
export interface Engine {
  readonly database: Database;
  readonly graph: Graph;
  readonly codes: ReadonlyMap<string, Code>;
  readonly settings: Settings;
  /** Whether a live run still has a workflow that drives it. */
  readonly alive: (row: RunState) => Promise<boolean>;
}

/** The atlas page of a study in this home; null with steps of another folder, whose tables it does not know. */
export function sitePage({ settings }: Engine, study: string): string | null {
  return stepsFolder() !== null ? null : path.join(settings.home, 'site', study, 'index.html');
}

export interface OpenRun {
  readonly row: RunState;
  /** The study as it was resolved when the run began: workers read no file. */
  readonly study: Study;
  readonly places: LoadedStudy['places'];
}

type Content = Pick<OpenRun, 'study' | 'places'>;

/** The study of a run never changes and may be megabytes; each group of shards asks for it. */
const contents = new WeakMap<Engine, Map<number, Content>>();
const MOST_CONTENTS = 4;

export async function openRun(engine: Engine, run: number): Promise<OpenRun> {
  const row = await readRunState(engine.database, run);
  if (row === null) throw new Error(`Expected run ${run} in this database, got none. It may have been collected; start the rebuild again.`);
  const known = contents.get(engine)?.get(run);
  return { row, ...(known ?? (await readContent(engine, run))) };
}

async function readContent(engine: Engine, run: number): Promise<Content> {
  const { resolved, places } = (await readRun(engine.database, run))!;
  const content = { study: resolved as unknown as Study, places };
  const kept = [...(contents.get(engine) ?? []), [run, content] as const].slice(-MOST_CONTENTS);
  contents.set(engine, new Map(kept));
  return content;
}
