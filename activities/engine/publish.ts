import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { loadStudy } from '../../config/load';
import type { Study } from '../../config/study';
import { inputIds } from '../../dag/graph';
import { runSteps } from '../../store/run-view';
import { publishViews, schemaPrefix } from '../../store/views';
import { composePage, type PageRun } from '../report/page/of-run';
import { openRun, sitePage, type Engine } from './context';

const PAPER = 'ai-life-science';

/**
 * Points the views at the run and writes its page. The page is about a run, not about content: that is why it is no step. A run that
 * left steps out which are not current has views of its own only.
 */
export async function publish(engine: Engine, run: number): Promise<{ site: string | null }> {
  const { row, study } = await openRun(engine, run);
  const views = await runSteps(engine.database, run);
  const whole = views.every(({ action }) => action === 'hit' || action === 'ran');
  const current = views.filter(({ action, result }) => (action === 'hit' || action === 'ran') && result !== null);
  const steps = current.map((view) => ({ step: engine.graph.byId.get(view.step)!, result: view.result! }));
  if (!whole) {
    await publishViews(engine.database, run, null, steps);
    return { site: null };
  }
  await publishViews(engine.database, run, await schemaPrefix(engine.database, row.study), steps);
  const site = sitePage(engine, row.study);
  if (site === null) return { site };
  const files = await composePage(engine.database, engine.settings.root, {
    row,
    study,
    paper: await paperStudy(),
    views,
    steps: told(engine),
  });
  await replaceFolder(path.dirname(site), files);
  return { site };
}

/** The paper's own study, to say what a study does otherwise; its files need not be in place for that. */
async function paperStudy(): Promise<Study | null> {
  return loadStudy(PAPER, { missingFiles: 'list' }).then(
    ({ study }) => study,
    () => null,
  );
}

function told({ graph }: Engine): PageRun['steps'] {
  return new Map(graph.order.map((step) => [step.id, { doc: step.doc, inputs: inputIds(step) }]));
}

/** Writes beside and swaps, so that a reader sees the old page or the new one. */
async function replaceFolder(folder: string, files: readonly { path: string; text: string }[]): Promise<void> {
  const beside = `${folder}.next`;
  await rm(beside, { recursive: true, force: true });
  for (const file of files) {
    const target = path.join(beside, file.path);
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, file.text);
  }
  await rm(`${folder}.old`, { recursive: true, force: true });
  await rename(folder, `${folder}.old`).catch(() => undefined);
  await rename(beside, folder);
  await rm(`${folder}.old`, { recursive: true, force: true });
}
