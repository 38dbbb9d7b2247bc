// Runs the benchmarks of this folder one after the other, or those that are named:
//   npm run bench             all
//   npm run bench copy-rows   one
// Each says what it is compared with; figures of two machines, or of two runs, say nothing about each other, ratios may.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const folder = import.meta.dirname;
const known = readdirSync(folder)
  .filter((name) => name.endsWith('.mjs') && name !== path.basename(import.meta.filename))
  .map((name) => name.slice(0, -'.mjs'.length))
  .sort();
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !known.includes(name));

function refuse(message) {
  console.error(message);
  process.exit(2);
}
if (unknown.length > 0) refuse(`Expected benchmarks among ${known.join(', ')}, got ${unknown.join(', ')}.`);
if (!existsSync(path.join(folder, '../dist/build.json'))) refuse('Expected a build in dist/, got none. Run npm run build first.');

const [cpu] = os.cpus();
const memory = `${(os.totalmem() / 2 ** 30).toFixed(0)} GiB`;
console.log(`Machine: ${os.cpus().length} × ${cpu?.model}, ${memory}, ${os.type()} ${os.release()} ${process.arch}`);
console.log(
  `Node ${process.versions.node}; load ${os
    .loadavg()
    .map((value) => value.toFixed(1))
    .join(' ')} as the runs begin`,
);

let failed = 0;
for (const name of asked.length > 0 ? asked : known) {
  console.log(`\n${name}`);
  const { status } = spawnSync(process.execPath, [path.join(folder, `${name}.mjs`)], { stdio: 'inherit' });
  if (status !== 0) failed++;
}
process.exitCode = failed === 0 ? 0 : 1;
