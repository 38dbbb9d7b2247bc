/** Builds the browser code of the atlas page: site/main.ts → atlas.js (one script, no modules) and site/atlas.css → atlas.css. */
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/** Writes both files to `folder`, minified, for browsers of the last few years. */
export async function buildSite(folder = path.join(root, 'dist/site')) {
  const common = { minify: true, charset: 'utf8', target: ['chrome111', 'firefox115', 'safari16.4'], logLevel: 'warning' };
  await build({
    ...common,
    entryPoints: [path.join(root, 'site/main.ts')],
    bundle: true,
    format: 'iife',
    outfile: path.join(folder, 'atlas.js'),
  });
  await build({ ...common, entryPoints: [path.join(root, 'site/atlas.css')], outfile: path.join(folder, 'atlas.css') });
}

const startedDirectly = process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href;
if (startedDirectly) await buildSite(process.argv[2] ? path.resolve(process.argv[2]) : undefined);
