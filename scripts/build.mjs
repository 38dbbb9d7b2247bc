// The build: tsc, code digests of steps, the workflow bundle, the page's script, the command in one file, the build's own digest.
// All of it into a folder beside dist/, which takes its place when it is whole: no process ever starts from two builds.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, cpSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { bundleWorkflowCode } from '@temporalio/worker';
import { buildSite } from './build-site.mjs';
import { bundleCli } from './bundle-cli.mjs';
import { writeCodes } from './write-codes.mjs';

const root = path.resolve(import.meta.dirname, '..');
const dist = path.join(root, 'dist');
const next = path.join(root, 'dist.next');

rmSync(next, { recursive: true, force: true });
// What stands is the start of what comes: tsc then writes only what changed.
if (existsSync(dist)) cpSync(dist, next, { recursive: true, preserveTimestamps: true });
compile();
removeOutputsWithoutSource();
const { codeOf } = createRequire(import.meta.url)(path.join(next, 'dag', 'closure.js'));
await writeCodes({ root, codeOf, file: path.join(next, 'codes.json') });

const { code } = await bundleWorkflowCode({
  workflowsPath: path.join(next, 'workflows', 'index.js'),
  logger: { trace() {}, debug() {}, info() {}, log() {}, warn: console.warn, error: console.error },
});
writeFileSync(path.join(next, 'workflows', 'bundle.js'), code);

await buildSite(path.join(next, 'site'));
await bundleCli(root, path.join(next, 'cli'));
chmodSync(path.join(next, 'cli', 'main.js'), 0o755);
writeFileSync(path.join(next, 'build.json'), JSON.stringify({ build: digestOfBuild() }));
takePlace();

function compile() {
  const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
  const out = ['--outDir', next, '--tsBuildInfoFile', path.join(next, 'build.tsbuildinfo')];
  try {
    execFileSync(process.execPath, [tsc, '-p', path.join(root, 'tsconfig.build.json'), ...out], { stdio: 'inherit' });
  } catch {
    // tsc has said what is wrong.
    rmSync(next, { recursive: true, force: true });
    process.exit(1);
  }
}

function takePlace() {
  const old = path.join(root, 'dist.old');
  rmSync(old, { recursive: true, force: true });
  if (existsSync(dist)) renameSync(dist, old);
  renameSync(next, dist);
  rmSync(old, { recursive: true, force: true });
}

/** A renamed or removed source leaves its output behind, and every file of a stage is a step. */
function removeOutputsWithoutSource() {
  for (const file of filesBelow(path.join(next, 'activities'))) {
    const source = path.join(root, path.relative(next, file)).replace(/\.js$/, '.ts');
    if (!existsSync(source)) rmSync(file);
  }
}

/** Names the worker's code: what runs a task must have been built from the same sources as what asked for it. */
function digestOfBuild() {
  const hash = createHash('sha256');
  for (const room of ['dag', 'workflows', 'activities', 'methods', 'drawing', 'clients', 'store', 'worker', 'config']) {
    for (const file of filesBelow(path.join(next, room))) hash.update(path.relative(next, file)).update(readFileSync(file));
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
