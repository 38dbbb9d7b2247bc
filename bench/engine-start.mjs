// How long until the engines of a home answer, beside the floor: the time their binaries take to start and print their version.
//   npm run build && node bench/engine-start.mjs
// Cold: the home is new (initdb, a new SQLite file). Warm: it has been used. The Temporal CLI is fetched before the clock runs.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';

const require = createRequire(import.meta.url);
const { openStack } = require('../dist/stack/session.js');
const { homeAt } = require('../dist/stack/home.js');
const { findPostgres, linkLibraries } = require('../dist/stack/postgres/find.js');
const { findTemporal } = require('../dist/stack/temporal/find.js');

const ROUNDS = 3;
const seconds = (value) => `${value.toFixed(2)} s`;

async function timed(work) {
  const from = performance.now();
  const result = await work();
  return { result, took: (performance.now() - from) / 1000 };
}

async function median(work) {
  const times = [];
  for (let round = 0; round < ROUNDS; round++) times.push(await work());
  return times.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)];
}

async function openOnce(home, engine) {
  const { result, took } = await timed(() => openStack(home, [engine]));
  await result.close();
  return took;
}

async function inNewHome(work) {
  const home = mkdtempSync(path.join(os.tmpdir(), 'atlas-bench-'));
  const { outside } = homeAt(home);
  try {
    return await work(home);
  } finally {
    rmSync(home, { recursive: true, force: true });
    rmSync(outside, { recursive: true, force: true });
  }
}

const binaries = findPostgres();
await linkLibraries(binaries.dir);
const temporal = await findTemporal((note) => console.error(note));
const programs = { postgres: path.join(binaries.dir, 'bin', 'postgres'), temporal: temporal.path };

console.log(
  `Setting: ${os.cpus().length} × ${os.cpus()[0]?.model}, Node ${process.versions.node}, ${process.platform} ${process.arch}, median of ${ROUNDS}`,
);
console.log(`Versions: Postgres ${binaries.version}, Temporal CLI ${temporal.version}`);
for (const [engine, program] of Object.entries(programs)) {
  const floor = await median(async () => (await timed(() => execFileSync(program, ['--version']))).took);
  const cold = await median(() => inNewHome((home) => openOnce(home, engine)));
  const warm = await inNewHome(async (home) => {
    await openOnce(home, engine);
    return median(() => openOnce(home, engine));
  });
  console.log(
    `${engine}: floor ${seconds(floor)} · cold ${seconds(cold)} (${(cold / floor).toFixed(0)}×) · warm ${seconds(warm)} (${(warm / floor).toFixed(0)}×)`,
  );
}
