// How long a demo takes as a user sees it: whole processes, from the command to its end, engines started and stopped within.
//   npm run build && node bench/demo.mjs
// Cold: a home that is new. Again: the same home, nothing to do. The floor of each: the same engines started in such a home and
// stopped, with nothing done between. The Temporal CLI is fetched before the clock runs.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';

const require = createRequire(import.meta.url);
const { homeAt } = require('../dist/stack/home.js');
const { findTemporal } = require('../dist/stack/temporal/find.js');

const ROUNDS = 3;
const dist = path.resolve(import.meta.dirname, '../dist');
const enginesOnly = `
  const { openStack } = require(${JSON.stringify(path.join(dist, 'stack/session.js'))});
  openStack(process.argv[1], ['postgres', 'temporal']).then((session) => session.close());`;

const programs = {
  engines: (home) => ['-e', enginesOnly, home],
  demo: (home) => [path.join(dist, 'cli/main.js'), 'demo', '--exit', '--home', home],
};

function secondsOf(args) {
  const from = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`Expected exit 0 of ${args.join(' ')}, got ${status}: ${stderr.slice(-2000)}`);
  return (performance.now() - from) / 1000;
}

/** Cold and again, of one program in a home of its own. */
function pair(program) {
  const home = mkdtempSync(path.join(os.tmpdir(), 'atlas-bench-'));
  const { outside } = homeAt(home);
  try {
    return { cold: secondsOf(program(home)), again: secondsOf(program(home)) };
  } finally {
    for (const folder of [home, outside]) rmSync(folder, { recursive: true, force: true });
  }
}

const middle = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const text = (values, unit) => `${middle(values).toFixed(1)}${unit} (${Math.min(...values).toFixed(1)}–${Math.max(...values).toFixed(1)})`;

await findTemporal((note) => console.error(note));
const rounds = [];
for (let round = 0; round < ROUNDS; round++) rounds.push({ engines: pair(programs.engines), demo: pair(programs.demo) });

console.log(`Setting: ${ROUNDS} rounds in turn, median (range), wall time of whole processes`);
for (const [name, part] of Object.entries({ 'cold demo': 'cold', 'demo again, nothing to do': 'again' })) {
  const demo = rounds.map((round) => round.demo[part]);
  const floor = rounds.map((round) => round.engines[part]);
  const ratio = demo.map((seconds, index) => seconds / floor[index]);
  console.log(`${name}: ${text(demo, ' s')} · engines alone ${text(floor, ' s')} · ${text(ratio, '×')}`);
}
