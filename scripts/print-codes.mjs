// Prints every source file that steps reach, without comments and formatting, and lists what each imports.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { build, transform } from 'esbuild';

const STAGES = ['source', 'sample', 'atlas', 'model', 'figure', 'report'];

/** { steps: [file], modules: { file: { printed, files, packages } }, versions: { package: version } }, all paths from the root. */
export async function printCodes(root) {
  const steps = STAGES.flatMap((stage) => stepFiles(root, stage));
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: steps,
    bundle: true,
    write: false,
    outdir: 'out',
    metafile: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
  });
  const modules = {};
  for (const [file, { imports }] of Object.entries(metafile.inputs)) modules[file] = await printModule(root, file, imports);
  return { steps, modules, versions: lockedVersions(root, modules) };
}

async function printModule(root, file, imports) {
  const source = readFileSync(path.join(root, file), 'utf8');
  const { code } = await transform(source, {
    loader: path.extname(file).slice(1),
    format: 'esm',
    minifyWhitespace: true,
    target: 'es2022',
  });
  const external = imports.filter((item) => item.external).map((item) => packageName(item.path));
  return {
    printed: code,
    files: [...new Set(imports.filter((item) => !item.external).map((item) => item.path))].sort(),
    packages: [...new Set(external)].sort(),
  };
}

function packageName(specifier) {
  if (specifier.startsWith('node:')) return specifier;
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

function lockedVersions(root, modules) {
  const { packages } = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8'));
  const names = new Set(Object.values(modules).flatMap((module) => module.packages));
  const known = [...names].filter((name) => packages[`node_modules/${name}`] !== undefined);
  return Object.fromEntries(known.map((name) => [name, packages[`node_modules/${name}`].version]));
}

function stepFiles(root, stage) {
  const folder = path.join(root, 'activities', stage);
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => `activities/${stage}/${entry.name}`)
    .sort();
}
