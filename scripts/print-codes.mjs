// Prints every source file that steps reach, without comments and formatting, and lists what each imports.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { build, transform } from 'esbuild';
import { stepFiles } from './step-files.mjs';

/** { steps: [file], modules: { file: { printed, files, packages } }, versions: { package: version } }, all paths from the root. */
export async function printCodes(root, { steps = stepFiles(root), lock = root } = {}) {
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
  return { steps, modules, versions: lockedVersions(lock, modules) };
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

function lockedVersions(lock, modules) {
  const { name: own, version, packages } = JSON.parse(readFileSync(path.join(lock, 'package-lock.json'), 'utf8'));
  const names = new Set(Object.values(modules).flatMap((module) => module.packages));
  const known = [...names].filter((name) => packages[`node_modules/${name}`] !== undefined);
  const locked = known.map((name) => [name, packages[`node_modules/${name}`].version]);
  return Object.fromEntries(names.has(own) ? [...locked, [own, version]] : locked);
}
