// The same graph in make, doit and Turborepo, installed into a temporary folder. Each is { name, version, run(), edit } or the reason why not.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fans, fileName, wholes } from './graph.mjs';
import { run } from './run.mjs';

/** What could be had, by name; what could not, with its reason. */
export function peersOf(at, files, folder, without = []) {
  const makers = Object.entries({ make, doit, turbo }).filter(([name]) => !without.includes(name));
  return makers.map(([name, maker]) => {
    try {
      return { name, ...maker(at, files, path.join(folder, name)) };
    } catch (error) {
      return {
        name,
        missing: String(error.message ?? error)
          .split('\n')[0]
          .slice(0, 160),
      };
    }
  });
}

const names = (files) => Array.from({ length: files }, (_, index) => fileName(index));
const targetsOf = (read, files) => (read in fans ? names(files).map((name) => `out/${read}/${name}`) : [`out/${read}.txt`]);

function make(at, files, folder) {
  const [version] = run('make', ['--version']).stdout.split('\n');
  mkdirSync(folder, { recursive: true });
  for (const fan of Object.keys(fans)) mkdirSync(path.join(folder, 'out', fan), { recursive: true });
  const lists = Object.keys(fans).map((fan) => `${fan.toUpperCase()} := ${targetsOf(fan, files).join(' ')}`);
  const input = { a: `${at.input}/%`, b: 'out/a/%', c: 'out/b/%' };
  const shell = { a: 'echo $$(( $$(cat $<) / 10 ))', b: 'echo $$(( $$(cat $<) + 1 ))', c: 'echo $$(( $$(cat $<) * 2 ))' };
  // A static pattern rule a fan-out: the sums read lists, so that no command line is too long.
  const fanRules = Object.keys(fans).map((fan) => `$(${fan.toUpperCase()}): out/${fan}/%: ${input[fan]}\n\t@${shell[fan]} > $@`);
  const wholeRules = Object.entries(wholes).map(([name, reads]) => {
    const needs = reads.map((read) => (read in fans ? `$(${read.toUpperCase()})` : `out/${read}.txt`));
    const parts = reads.map((read) => (read in fans ? `find out/${read} -type f -exec cat {} +` : `cat out/${read}.txt`));
    return `out/${name}.txt: ${needs.join(' ')}\n\t@( echo 1; ${parts.join('; ')} ) | awk '{ s += $$1 } END { print s }' > $@`;
  });
  const all = `all: ${Object.keys(wholes)
    .map((name) => `out/${name}.txt`)
    .join(' ')} $(C)`;
  writeFileSync(path.join(folder, 'Makefile'), `${[...lists, all, ...fanRules, ...wholeRules].join('\n')}\n`);
  return { version, run: () => run('make', ['-s', '-j2', 'all'], { cwd: folder }) };
}

function doit(at, files, folder) {
  mkdirSync(folder, { recursive: true });
  run('python3', ['-m', 'venv', path.join(folder, 'venv')]);
  run(path.join(folder, 'venv/bin/pip'), ['install', '--quiet', 'doit==0.37.0']);
  const program = path.join(folder, 'venv/bin/doit');
  const version = `doit ${run(program, ['--version']).stdout.split('\n')[0]}`;
  const graph = { input: at.input, wholes, files: names(files) };
  writeFileSync(path.join(folder, 'graph.json'), JSON.stringify(graph));
  for (const fan of Object.keys(fans)) mkdirSync(path.join(folder, 'out', fan), { recursive: true });
  writeFileSync(path.join(folder, 'dodo.py'), DODO);
  return { version, run: () => run(program, ['-v', '0', '--reporter', 'zero'], { cwd: folder }) };
}

const DODO = `import json
G = json.load(open('graph.json'))
FANS = {'a': lambda n: n // 10, 'b': lambda n: n + 1, 'c': lambda n: n * 2}
BEFORE = {'a': G['input'], 'b': 'out/a', 'c': 'out/b'}

def number(path):
    return int(open(path).read())

def put(path, value):
    open(path, 'w').write(str(value) + '\\n')

def one(fan, name):
    put('out/%s/%s' % (fan, name), FANS[fan](number('%s/%s' % (BEFORE[fan], name))))

def total(name, files):
    put('out/%s.txt' % name, 1 + sum(number(f) for f in files))

def made(read):
    return ['out/%s/%s' % (read, f) for f in G['files']] if read in FANS else ['out/%s.txt' % read]

def task_fan():
    for fan in FANS:
        for name in G['files']:
            yield {'name': fan + name, 'actions': [(one, [fan, name])], 'file_dep': ['%s/%s' % (BEFORE[fan], name)], 'targets': ['out/%s/%s' % (fan, name)]}

def task_whole():
    for name, reads in G['wholes'].items():
        files = [f for read in reads for f in made(read)]
        task = {'name': name, 'actions': [(total, [name, files])], 'targets': ['out/%s.txt' % name]}
        yield {**task, 'file_dep': files} if files else {**task, 'uptodate': [True]}
`;

/** A package per file with the tasks a, b, c, and one with the whole steps: what a monorepo of this shape looks like. */
function turbo(at, files, folder) {
  mkdirSync(folder, { recursive: true });
  const write = (file, value) => {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), typeof value === 'string' ? value : JSON.stringify(value));
  };
  run('npm', ['init', '-y'], { cwd: folder });
  run('npm', ['install', '--no-audit', '--no-fund', '--prefix', path.join(folder, 'tool'), 'turbo@2.6.1'], { cwd: folder });
  const program = path.join(folder, 'tool/node_modules/.bin/turbo');
  const version = `turbo ${run(program, ['--version'], { env: QUIET }).stdout.trim()}`;
  const packages = names(files).map((name) => name.replace('.txt', ''));
  write('package.json', { name: 'bench', private: true, packageManager: 'npm@10.8.2', workspaces: ['p/*', 'w'] });
  const scripts = {
    a: 'mkdir -p out; echo $(( $(cat in.txt) / 10 )) > out/a',
    b: 'echo $(( $(cat out/a) + 1 )) > out/b',
    c: 'echo $(( $(cat out/b) * 2 )) > out/c',
  };
  for (const [index, name] of packages.entries()) {
    write(`p/${name}/package.json`, { name, version: '1.0.0', scripts });
    write(`p/${name}/in.txt`, `${10 * index}\n`);
  }
  const sums = Object.fromEntries(Object.keys(wholes).map((name) => [name, `mkdir -p out; echo ${name} > out/${name}`]));
  write('w/package.json', {
    name: 'w',
    version: '1.0.0',
    scripts: sums,
    dependencies: Object.fromEntries(packages.map((name) => [name, '1.0.0'])),
  });
  const fan = { a: { inputs: ['in.txt'], outputs: ['out/a'] }, b: { dependsOn: ['a'], inputs: ['in.txt'], outputs: ['out/b'] } };
  const tasks = Object.entries(wholes).map(([name, reads]) => {
    return [name, { dependsOn: reads.map((read) => (read in fans ? `^${read}` : read)), outputs: [`out/${name}`] }];
  });
  write('turbo.json', { tasks: { ...fan, c: { dependsOn: ['b'], inputs: ['in.txt'], outputs: ['out/c'] }, ...Object.fromEntries(tasks) } });
  write('.gitignore', 'out\ntool\n.turbo\nnode_modules\n');
  run('git', ['init', '-q'], { cwd: folder });
  run('npm', ['install', '--package-lock-only', '--ignore-scripts', '--offline', '--no-audit', '--no-fund'], { cwd: folder });
  run('git', ['add', '-A'], { cwd: folder });
  run('git', ['-c', 'user.name=bench', '-c', 'user.email=bench@localhost', 'commit', '-qm', 'graph'], { cwd: folder });
  const everything = ['a', 'b', 'c', ...Object.keys(wholes)];
  return {
    version,
    run: () =>
      run(program, ['run', ...everything, '--output-logs=none', '--log-order=grouped', '--concurrency=4'], { cwd: folder, env: QUIET }),
  };
}

const QUIET = { TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1', CI: '1' };
