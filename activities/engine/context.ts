import path from 'node:path';
import type { LoadedStudy } from '../../config/load';
import type { Settings } from '../../config/settings';
import { stepsFolder } from '../../config/steps-folder';
import type { Code } from '../../dag/closure';
import type { Graph } from '../../dag/graph';
import type { KeyParts } from '../../dag/key';
import type { Study } from '../../config/study';
import type { Database } from '../../store/database';
import { readPlaces, readRunState, readStudy, type RunState } from '../../store/runs';
import { rememberKeys } from './remember-keys';

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

/** A study as it was resolved when a run began: workers read no file. */
interface Content {
  readonly study: Study;
  /** Keys of its steps, as they are known so far. */
  readonly keyOf: (parts: KeyParts) => string;
}

export interface OpenRun extends Content {
  readonly row: RunState;
}

/**
 * The study of a run never changes and may be megabytes, and each group of shards asks for it. One is kept: one run of a study is live,
 * and the next has the same study more often than not.
 */
const contents = new WeakMap<Engine, { readonly digest: string; readonly content: Promise<Content> }>();

export async function openRun(engine: Engine, run: number): Promise<OpenRun> {
  const row = await readRunState(engine.database, run);
  if (row === null) throw new Error(`Expected run ${run} in this database, got none. It may have been collected; start the rebuild again.`);
  return { row, ...(await contentOf(engine, row)) };
}

async function contentOf(engine: Engine, { id, study_digest: digest }: RunState): Promise<Content> {
  const known = contents.get(engine);
  if (known?.digest === digest) return known.content;
  const content = readStudy(engine.database, id).then((resolved) => ({ study: resolved as unknown as Study, keyOf: rememberKeys() }));
  contents.set(engine, { digest, content });
  content.catch(() => contents.delete(engine));
  return content;
}

type Places = LoadedStudy['places'];

/** Where the files of a run's study lie: asked for by the steps that read one. */
const places = new WeakMap<Engine, { readonly run: number; readonly places: Promise<Places> }>();

export function placesOf(engine: Engine, run: number): Promise<Places> {
  const known = places.get(engine);
  if (known?.run === run) return known.places;
  const read = readPlaces(engine.database, run);
  places.set(engine, { run, places: read });
  read.catch(() => places.delete(engine));
  return read;
}
