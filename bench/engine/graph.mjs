// A graph of 30 trivial steps in 6 layers, three of them cut into a shard per file: 27 + 3 × files tasks. Written out as steps of this
// program and, with the same edges and the same sums, for the peers.
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { spawnSync } from 'node:child_process';

export const project = path.resolve(import.meta.dirname, '../..');

export const tasksOf = (files) => 27 + 3 * files;

/** Whole steps by name: what they read. `files`, `a`, `b` and `c` are the list of files and the three fan-outs over it. */
export const wholes = {
  ...Object.fromEntries(range(1, 4).map((n) => [`k${n}`, []])),
  ...Object.fromEntries(range(1, 4).map((n) => [`l2-${n}`, [`k${n}`]])),
  ...Object.fromEntries(range(1, 4).map((n) => [`l3-${n}`, [`l2-${n}`, `l2-${(n % 4) + 1}`]])),
  ...Object.fromEntries(range(1, 4).map((n) => [`l4-${n}`, n === 1 ? ['l3-1', 'a'] : [`l3-${n}`]])),
  ...Object.fromEntries(range(0, 4).map((n) => [`l5-${n}`, ['c', `l4-${n === 0 ? 1 : n}`]])),
  ...Object.fromEntries(range(0, 4).map((n) => [`l6-${n}`, [`l5-${n}`, `l5-${(n + 1) % 5}`]])),
};

/** Fan-outs: what each is cut by, and what it makes of a value. A file's number enters by its tens: a change below leaves it equal. */
export const fans = {
  a: { reads: 'files', makes: (n) => Math.floor(n / 10) },
  b: { reads: 'a', makes: (n) => n + 1 },
  c: { reads: 'b', makes: (n) => n * 2 },
};

function range(from, to) {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

export const fileName = (index) => `f${String(index).padStart(6, '0')}.txt`;

/** Writes the input files, the steps with their code digests, and the study; any of them again is an edit. */
export function writeGraph(folder, files) {
  const at = { folder, input: path.join(folder, 'in'), steps: path.join(folder, 'steps'), study: path.join(folder, 'bench.yaml') };
  mkdirSync(at.input, { recursive: true });
  for (let index = 0; index < files; index++) writeInput(at, index, 10 * index);
  mkdirSync(path.join(at.steps, 'node_modules'), { recursive: true });
  rmSync(path.join(at.steps, 'node_modules/research-atlas'), { force: true });
  symlinkSync(project, path.join(at.steps, 'node_modules/research-atlas'));
  writeSteps(at);
  writeFileSync(
    at.study,
    [
      'name: bench',
      'extends: ai-life-science',
      'conferences: { on: false }',
      'rank: { whenMissing: without, core: [] }',
      `pubmed: { routes: [files], files: [${JSON.stringify(path.join(at.input, '*.txt'))}] }`,
    ].join('\n'),
  );
  return at;
}

export function writeInput({ input }, index, number) {
  writeFileSync(path.join(input, fileName(index)), `${number}\n`);
}

const stageOf = (name) => (/^(files|k)/.test(name) ? 'source' : /^(a|b|c|l[234])/.test(name) ? 'sample' : 'atlas');
const variable = (name) => name.replace('-', '_');
const requireOf = (name) => `const ${variable(name)} = require('../${stageOf(name)}/${name}').default;`;

function writeSteps({ steps }) {
  for (const stage of ['source', 'sample', 'atlas']) mkdirSync(path.join(steps, stage), { recursive: true });
  const put = (name, reads, body) => {
    const head = ["const { step } = require('research-atlas/dist/activities/step');", ...reads.map(requireOf)];
    const inputs = `inputs: { ${reads.map(variable).join(', ')} }`;
    const id = `${stageOf(name)}/${name}`;
    const text = [...head, `exports.default = step({ id: '${id}', doc: 'Step ${name} of the bench.', ${inputs}, ${body} });`];
    writeFileSync(path.join(steps, `${id}.js`), `${text.join('\n')}\n`);
  };
  put('files', [], FILES);
  for (const [name, { reads, makes }] of Object.entries(fans)) put(name, [reads], fanBody(reads, makes));
  for (const [name, reads] of Object.entries(wholes)) put(name, reads, wholeBody(name, reads));
  const written = spawnSync(process.execPath, [path.join(project, 'scripts/write-codes.mjs'), steps], { encoding: 'utf8' });
  if (written.status !== 0) throw new Error(written.stderr);
}

const FILES = `params: ({ pubmed }) => ({ files: pubmed.files }),
  output: { name: ['text', 'file'], sha256: ['text', 'content'] },
  async run({ params, write }) { write(params.files.map(({ name, sha256 }) => ({ name, sha256 }))); }`;

function fanBody(reads, makes) {
  const value =
    reads === 'files'
      ? "Number(await require('node:fs/promises').readFile(await services.file(shard.value.sha256), 'utf8'))"
      : 'shard.value.value';
  return `output: { name: ['text', 'file'], value: ['integer', 'number'] },
  shards: ({ ${reads} }) => ${reads}.eachRow('name'),
  async run({ shard, services, write }) { write([{ name: shard.value.name, value: (${makes.toString()})(${value}) }]); }`;
}

function wholeBody(name, reads) {
  const sums = reads.map((read) => `(select coalesce(sum(value), 0) from \${${variable(read)}} as ${variable(read)})`);
  return `output: { value: ['bigint', 'sum'] },
  sql: ({ ${reads.map(variable).join(', ')} }) => require('research-atlas/dist/dag/sql').sql\`select (${['1', ...sums].join(' + ')})::bigint as value\``;
}
