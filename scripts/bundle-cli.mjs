// Bundles the command into one file: some 600 small files are most of the time of a command that finds nothing to do.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { stepFiles } from './step-files.mjs';

/**
 * Writes cli/main.ts with all it loads, also what it loads late, into one file of `folder`, and main.js, which starts it. What it
 * starts as processes stays as it is.
 */
export async function bundleCli(root, folder) {
  removeOlder(folder);
  const outfile = path.join(folder, 'command.js');
  await build({
    ...shape(root),
    entryPoints: ['cli/main.ts'],
    outfile,
    keepNames: true,
    minifyWhitespace: true,
    minifySyntax: true,
    sourcemap: true,
    sourcesContent: false,
    // knex is needed once in the life of a database and brings drivers of ten others; pg-native is not there.
    external: ['knex', 'pg-native'],
    // Code that was compiled before has no import() of its own: what is left outside is required.
    supported: { 'dynamic-import': false },
    plugins: [ownSteps(root)],
  });
  const named = `command-${createHash('sha256').update(readFileSync(outfile)).digest('hex').slice(0, 12)}.js`;
  renameSync(outfile, path.join(folder, named));
  await build({
    ...shape(root),
    entryPoints: ['cli/start.ts'],
    outfile: path.join(folder, 'main.js'),
    define: { COMMAND_FILE: JSON.stringify(named) },
  });
}

const shape = (root) => ({ absWorkingDir: root, bundle: true, platform: 'node', format: 'cjs', target: 'node20', logLevel: 'error' });

/** Commands of earlier builds, and what was compiled of them. */
function removeOlder(folder) {
  for (const name of readdirSync(folder)) if (/^command-/.test(name)) rmSync(path.join(folder, name));
}

/** The folder is the list of steps; in the bundle its files of this moment are. */
function ownSteps(root) {
  const modules = path.join(root, 'activities', 'modules.ts');
  return {
    name: 'own-steps',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^\.\/modules$/ }, ({ importer, namespace }) =>
        namespace === 'file' && importer === path.join(root, 'activities', 'registry.ts')
          ? { path: modules, namespace: 'own-steps' }
          : null,
      );
      onLoad({ filter: /.*/, namespace: 'own-steps' }, () => ({ contents: listOf(root, modules), loader: 'ts', resolveDir: root }));
    },
  };
}

function listOf(root, modules) {
  const lines = stepFiles(root).map((file) => {
    const id = file.replace(/^activities\/|\.ts$/g, '');
    return `[${JSON.stringify(id)}, () => require(${JSON.stringify(`./${file}`)})]`;
  });
  return `export { stepModules } from ${JSON.stringify(modules)};\nexport const ownModules = () => new Map([${lines.join(',\n')}]);`;
}
