import { codeOf, type PrintedModule } from '../../dag/closure';
import { codesOf } from './source-tree';

const lock = (zod: string): string => JSON.stringify({ packages: { 'node_modules/zod': { version: zod } } });

const tree: Record<string, string> = {
  'package-lock.json': lock('4.0.0'),
  'dag/define.ts': 'export const step = (spec: unknown) => spec;',
  'methods/lead.ts': "import { fold } from './fold';\nexport const lead = (name: string) => fold(name) + '!';",
  'methods/fold.ts': 'export const fold = (name: string) => name.toLowerCase();',
  'activities/source/links.ts':
    "import { z } from 'zod';\nimport { step } from '../../dag/define';\nexport default step({ id: 'source/links', rows: z.string() });",
  'activities/sample/lead.ts':
    "import { createHash } from 'node:crypto';\nimport links from '../source/links';\nimport { lead } from '../../methods/lead';\nexport default { inputs: { links }, lead, createHash };",
  'activities/sample/topic.ts': "import links from '../source/links';\nexport default { inputs: { links }, topic: (a: number) => a + 1 };",
};

const before = codesOf(tree);
const LINKS = 'activities/source/links.ts';
const LEAD = 'activities/sample/lead.ts';
const TOPIC = 'activities/sample/topic.ts';

/** The steps whose code is another one after an edit of the tree. */
function moved(edit: Record<string, string>): string[] {
  const after = codesOf({ ...tree, ...edit });
  return [...before.keys()].filter((file) => after.get(file)?.digest !== before.get(file)?.digest);
}

const edited = (file: string, from: string, to: string): Record<string, string> => {
  if (!tree[file]!.includes(from)) throw new Error(`Expected ${file} to hold ${from}.`);
  return { [file]: tree[file]!.replace(from, to) };
};

test('the closure of a step stops at other steps and at the engine', () => {
  expect(Object.keys(before.get(LINKS)!.parts).sort()).toEqual([LINKS, 'zod']);
  expect(Object.keys(before.get(LEAD)!.parts).sort()).toEqual([LEAD, 'methods/fold.ts', 'methods/lead.ts', 'node:crypto']);
  expect(Object.keys(before.get(TOPIC)!.parts)).toEqual([TOPIC]);
});

test('comments, formatting and types move nothing', () => {
  const same = {
    ...edited('methods/fold.ts', 'export', '// Folds.\n/** For real. */\nexport'),
    ...edited(TOPIC, '(a: number) => a + 1', '(\n    a: number,\n  ): number =>\n    a + 1 /* one more */'),
  };
  expect(moved(same)).toEqual([]);
});

test('a changed module moves the steps that reach it and no other', () => {
  expect(moved(edited('methods/fold.ts', 'toLowerCase', 'toUpperCase'))).toEqual([LEAD]);
  expect(moved(edited(TOPIC, 'a + 1', 'a + 2'))).toEqual([TOPIC]);
});

test('a changed step does not move the steps that read it: its rows do', () => {
  expect(moved(edited(LINKS, 'z.string()', 'z.number()'))).toEqual([LINKS]);
});

test('an edit of the engine moves nothing by itself', () => {
  expect(moved(edited('dag/define.ts', '=> spec', '=> [spec]'))).toEqual([]);
});

test('another version of a package moves the steps that import it', () => {
  expect(moved({ 'package-lock.json': lock('4.0.1') })).toEqual([LINKS]);
});

test('an import more, of a module that says nothing new, moves its step', () => {
  expect(moved(edited(TOPIC, 'export', "import { fold } from '../../methods/fold';\nexport const unused = fold;\nexport"))).toEqual([
    TOPIC,
  ]);
});

const modules = (files: Record<string, Partial<PrintedModule>>): Map<string, PrintedModule> =>
  new Map(Object.entries(files).map(([file, module]) => [file, { printed: '', files: [], packages: [], ...module }]));

test('modules that import each other are walked once', () => {
  const ring = modules({ 'a.ts': { files: ['b.ts'] }, 'b.ts': { files: ['a.ts'] } });
  expect(Object.keys(codeOf('a.ts', ring, { steps: new Set(['a.ts']), versions: {} }).parts)).toEqual(['a.ts', 'b.ts']);
});

test('a module or a version that is not known is refused by name', () => {
  const none = { steps: new Set<string>(), versions: {} };
  expect(() => codeOf('a.ts', modules({ 'a.ts': { files: ['b.ts'] } }), none)).toThrow('the source of b.ts, imported by a.ts');
  expect(() => codeOf('a.ts', modules({ 'a.ts': { packages: ['left-pad'] } }), none)).toThrow('the package left-pad, imported by a.ts');
});
