// Times one fit in a process of its own: node ours.mjs DATA.bin CASE ROUNDS. Prints a line of JSON; data is in columns before the clock runs.
import { openSync, readSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cases } from './cases.mjs';
import { COLUMNS, ROWS } from './simulate.mjs';

const require = createRequire(import.meta.url);
const { fitCountModel } = require('../../dist/methods/models/index.js');
const [file, name, rounds] = process.argv.slice(2);

const descriptor = openSync(file, 'r');
const columns = COLUMNS.map((column) => {
  const values = new Float64Array(ROWS);
  readSync(descriptor, values);
  return [column, { kind: 'number', values }];
});
const data = { rows: ROWS, columns: new Map(columns) };
const { spec, term, without } = cases[name];

async function timed(fitted) {
  const [from, cpu] = [performance.now(), process.cpuUsage()];
  const fit = await fitCountModel(data, fitted);
  const { user, system } = process.cpuUsage(cpu);
  return { fit, wall: (performance.now() - from) / 1000, cpu: (user + system) / 1e6 };
}

// Peers that only add errors have their fit made before the clock runs. Ours is fitted before too, and the time of the fit alone is taken off.
const plain = [];
for (let round = 0; without !== undefined && round < 3; round++) plain.push(await timed(without));
const before = process.resourceUsage().maxRSS;
const first = await timed(spec);
const memory = (process.resourceUsage().maxRSS - before) * 1024;
const others = [];
for (let round = 1; round < Number(rounds); round++) others.push(await timed(spec));
const line = first.fit.coefficients.find((one) => one.term === term);
const least = (list, of) => Math.min(...list.map((one) => one[of]));
const off = (of) => (plain.length === 0 ? 0 : least(plain.slice(1), of));
console.log(
  JSON.stringify({
    ...{ cold: first.cpu - off('cpu'), warm: least([first, ...others], 'cpu') - off('cpu'), wall: first.wall - off('wall') },
    ...{ estimate: without === undefined ? line.estimate : line.se, n: first.fit.n, iterations: first.fit.iterations },
    ...{ converged: first.fit.converged, memory: memory / (COLUMNS.length * ROWS * 8) },
  }),
);
