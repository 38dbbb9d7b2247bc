// Bundles the command into one file: some 600 small files are most of the time of a command that finds nothing to do.
import path from 'node:path';
import { build } from 'esbuild';
import { stepFiles } from './step-files.mjs';

/** Writes cli/main.ts with all it loads, also what it loads late, to `outfile`. What it starts as processes stays as it is. */
export async function bundleCli(root, outfile) {
  await build({
    absWorkingDir: root,
    entryPoints: ['cli/main.ts'],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    keepNames: true,
    sourcemap: true,
    sourcesContent: false,
    logLevel: 'error',
    // knex is needed once in the life of a database and brings drivers of ten others; pg-native is not there.
    external: ['knex', 'pg-native'],
    plugins: [ownSteps(root)],
  });
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
