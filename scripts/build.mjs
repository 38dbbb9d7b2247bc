// The part of the build that tsc does not do: code digests of steps, the workflow bundle, the page's script, the build's own digest.
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { bundleWorkflowCode } from '@temporalio/worker';
import { buildSite } from './build-site.mjs';
import { printCodes } from './print-codes.mjs';

const root = path.resolve(import.meta.dirname, '..');
const dist = path.join(root, 'dist');

removeOutputsWithoutSource();
const codes = await printCodes(root);
writeFileSync(path.join(dist, 'codes.json'), JSON.stringify(codes));

const { code } = await bundleWorkflowCode({
  workflowsPath: path.join(dist, 'workflows', 'index.js'),
  logger: { trace() {}, debug() {}, info() {}, log() {}, warn: console.warn, error: console.error },
});
writeFileSync(path.join(dist, 'workflows', 'bundle.js'), code);

await buildSite();

writeFileSync(path.join(dist, 'build.json'), JSON.stringify({ build: digestOfBuild() }));
chmodSync(path.join(dist, 'cli', 'main.js'), 0o755);

/** A renamed or removed source leaves its output behind, and every file of a stage is a step. */
function removeOutputsWithoutSource() {
  for (const file of filesBelow(path.join(dist, 'activities'))) {
    const source = path.join(root, path.relative(dist, file)).replace(/\.js$/, '.ts');
    if (!existsSync(source)) rmSync(file);
  }
}

/** Names the worker's code: what runs a task must have been built from the same sources as what asked for it. */
function digestOfBuild() {
  const hash = createHash('sha256');
  for (const room of ['dag', 'workflows', 'activities', 'methods', 'drawing', 'clients', 'store', 'worker', 'config']) {
    for (const file of filesBelow(path.join(dist, room))) hash.update(path.relative(dist, file)).update(readFileSync(file));
  }
  return hash
    .update(readFileSync(path.join(root, 'package-lock.json')))
    .digest('hex')
    .slice(0, 12);
}

function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.js') && entry.name !== 'bundle.js')
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
}
