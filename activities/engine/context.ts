import path from 'node:path';
import type { LoadedStudy } from '../../config/load';
import type { Settings } from '../../config/settings';
import type { Code } from '../../dag/closure';
import type { Graph } from '../../dag/graph';
import type { Study } from '../../config/study';
import type { Database } from '../../store/database';
import { readRun, type RunRow } from '../../store/runs';

/** What the engine's activities share: one per worker process. */
export interface Engine {
  readonly database: Database;
  readonly graph: Graph;
  readonly codes: ReadonlyMap<string, Code>;
  readonly settings: Settings;
  /** Whether a live run still has a workflow that drives it. */
  readonly alive: (row: RunRow) => Promise<boolean>;
}

/** The atlas page of a study in this home. */
export function sitePage({ settings }: Engine, study: string): string {
  return path.join(settings.home, 'site', study, 'index.html');
}

export interface OpenRun {
  readonly row: RunRow;
  /** The study as it was resolved when the run began: workers read no file. */
  readonly study: Study;
  readonly places: LoadedStudy['places'];
}

export async function openRun({ database }: Engine, run: number): Promise<OpenRun> {
  const row = await readRun(database, run);
  if (row === null) throw new Error(`Expected run ${run} in this database, got none. It may have been collected; start the rebuild again.`);
  return { row, study: row.resolved as unknown as Study, places: row.places };
}
