import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../../stack/project-root';

const RULE = '@typescript-eslint/no-restricted-imports';
const ROOMS = [
  'dag',
  'methods',
  'drawing',
  'config',
  'clients',
  'store',
  'stack',
  'activities',
  'workflows',
  'worker',
  'cli',
  'simulator',
  'site',
];

/** As docs/architecture.md draws it, written down a second time: the lint must agree. */
const MAY: Readonly<Record<string, readonly string[]>> = {
  dag: [],
  methods: [],
  drawing: [],
  config: ['dag'],
  clients: [],
  store: ['dag', 'config'],
  stack: ['config'],
  activities: ['store', 'clients', 'methods', 'drawing', 'config', 'dag'],
  workflows: ['dag'],
  worker: ['workflows', 'activities', 'store', 'clients', 'config', 'dag'],
  cli: ROOMS.filter((room) => !['worker', 'simulator', 'site', 'cli'].includes(room)),
  simulator: [],
  site: ['drawing'],
};
const MAY_TYPES: Readonly<Record<string, string>> = { workflows: 'activities', clients: 'config' };

interface Case {
  readonly file: string;
  readonly code: string;
}

/** Import cases a file of a room might hold, at two depths of folders. */
function cases(): (Case & { refused: boolean })[] {
  const found: (Case & { refused: boolean })[] = [];
  const add = (file: string, code: string, refused: boolean) => found.push({ file, code, refused });
  for (const room of ROOMS) {
    add(`${room}/virtual.ts`, "import { a } from './virtual-neighbour';\na();", false);
    for (const other of ROOMS.filter((name) => name !== room)) {
      const allowed = MAY[room]!.includes(other);
      add(`${room}/virtual.ts`, `import { a } from '../${other}/deep/virtual';\na();`, !allowed);
      add(`${room}/inner/virtual.ts`, `import { a } from '../../${other}';\na();`, !allowed);
      add(`${room}/virtual.ts`, `import type { A } from '../${other}/virtual';\nexport type B = A;`, !allowed && MAY_TYPES[room] !== other);
      add(`${room}/virtual.ts`, `export { a } from '../${other}/virtual';`, !allowed);
    }
  }
  for (const room of ['dag', 'workflows']) {
    add(`${room}/virtual.ts`, "import { readFileSync } from 'node:fs';\nreadFileSync('a');", true);
    add(`${room}/virtual.ts`, "import { createHash } from 'node:crypto';\ncreateHash('a');", false);
  }
  return found;
}

/** ESLint wants ESM and the files on disk for its type rules: it runs in a process of its own, with these rules alone. */
function lint(all: readonly Case[]): boolean[] {
  const program = `
    import { ESLint } from 'eslint';
    import tseslint from 'typescript-eslint';
    import { importRules } from './lint-rooms.mjs';
    const base = { files: ['**/*.ts'], languageOptions: { parser: tseslint.parser }, plugins: { '@typescript-eslint': tseslint.plugin } };
    const eslint = new ESLint({ overrideConfigFile: true, overrideConfig: [base, ...importRules] });
    const found = [];
    for (const { file, code } of JSON.parse(process.argv[1])) {
      const [result] = await eslint.lintText(code, { filePath: file });
      found.push(result.messages.map((message) => message.ruleId ?? message.message));
    }
    console.log(JSON.stringify(found));`;
  const args = ['--input-type=module', '-e', program, JSON.stringify(all)];
  const found = JSON.parse(execFileSync(process.execPath, args, { cwd: projectRoot(), encoding: 'utf8' })) as string[][];
  expect(found.flat().filter((rule) => rule !== RULE)).toEqual([]);
  return found.map((messages) => messages.includes(RULE));
}

test('an import that breaks the drawing is reported, one that keeps it is not', () => {
  const all = cases();
  const reported = lint(all);
  const named = (keep: (index: number) => boolean) => all.filter((_, index) => keep(index)).map(({ file, code }) => `${file}: ${code}`);
  expect(named((index) => all[index]!.refused && !reported[index]!)).toEqual([]);
  expect(named((index) => !all[index]!.refused && reported[index]!)).toEqual([]);
  expect(reported.filter(Boolean).length).toBeGreaterThan(400);
});

test('the project lints with these rules', () => {
  const program =
    "import config from './eslint.config.mjs'; import { importRules } from './lint-rooms.mjs'; console.log(importRules.every((rule) => config.includes(rule)));";
  expect(execFileSync(process.execPath, ['--input-type=module', '-e', program], { cwd: projectRoot(), encoding: 'utf8' }).trim()).toBe(
    'true',
  );
});

const NEVER = new Set(['utils', 'util', 'helpers', 'helper', 'common', 'misc', 'lib', 'shared']);
const SKIP = new Set(['node_modules', 'dist', 'dist.next', 'dist.old', '.git', '.atlas', 'coverage']);

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (SKIP.has(entry.name)) return [];
    const full = path.join(folder, entry.name);
    return entry.isDirectory() ? [full, ...filesBelow(full)] : [full];
  });
}

test('no folder and no file is called by what it is not', () => {
  const names = filesBelow(projectRoot()).map((file) => path.relative(projectRoot(), file));
  expect(names.length).toBeGreaterThan(200);
  expect(names.filter((name) => NEVER.has(path.basename(name).replace(/\..*$/, '')))).toEqual([]);
});

test('every source file stands in a room the lint knows', () => {
  const apart = ['test', 'bench', 'docs', 'scripts', 'compose'];
  const tops = readdirSync(projectRoot(), { withFileTypes: true }).filter(
    (entry) => entry.isDirectory() && !SKIP.has(entry.name) && !entry.name.startsWith('.'),
  );
  expect(tops.map(({ name }) => name).filter((name) => !ROOMS.includes(name) && !apart.includes(name))).toEqual([]);
});

test('every package that is asked for has a line in docs/dependencies.md', () => {
  const read = (name: string): string => readFileSync(path.join(projectRoot(), name), 'utf8');
  const { dependencies, devDependencies } = JSON.parse(read('package.json')) as Record<string, Record<string, string>>;
  const told = new Set(read('docs/dependencies.md').split(/[^\w@/.-]+/));
  const names = [...Object.keys(dependencies!), ...Object.keys(devDependencies!)];
  expect(names.filter((name) => !told.has(name))).toEqual([]);
});
