// Count models on 400,000 simulated rows shaped like the paper's (6 regions × 23 years, 9,259 outlets, 190 countries), beside the programs
// that researchers use, where they are installed: R with MASS, fixest and sandwich (Rscript), statsmodels (python3). CPU seconds of one
// thread, each fit in a new process with its data read, ours and the peer's by turns: a shared machine spoils elapsed time, and both are
// shown. To install the peers on Debian: bench/models/install-peers.sh.
//   npm run build && node bench/models.mjs [part of a case's name]     ATLAS_BENCH_ROUNDS=3 PYTHON=python3
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { cases } from './models/cases.mjs';
import { COLUMNS, ROWS, simulate } from './models/simulate.mjs';

const ROUNDS = Number(process.env.ATLAS_BENCH_ROUNDS ?? 3);
const PYTHON = process.env.PYTHON ?? 'python3';
const here = path.join(import.meta.dirname, 'models');
const folder = mkdtempSync(path.join(os.tmpdir(), 'atlas-bench-models-'));
const [binary, csv] = [path.join(folder, 'data.bin'), path.join(folder, 'data.csv')];

function writeData() {
  const columns = simulate();
  writeFileSync(binary, Buffer.concat(COLUMNS.map((name) => Buffer.from(columns[name].buffer))));
  const lines = Array.from({ length: ROWS }, (_, row) => COLUMNS.map((name) => columns[name][row]).join(','));
  writeFileSync(csv, `${COLUMNS.join(',')}\n${lines.join('\n')}\n`);
}

const ours = (name) => JSON.parse(execFileSync(process.execPath, [path.join(here, 'ours.mjs'), binary, name, '4'], { encoding: 'utf8' }));

/** One run of a peer, or null where it is not installed. */
function peer(name) {
  const command =
    name === 'statsmodels'
      ? [PYTHON, [path.join(here, 'peers.py'), csv, name, '1']]
      : ['Rscript', [path.join(here, 'peers.R'), csv, name, '2']];
  const { status, stdout } = spawnSync(...command, {
    encoding: 'utf8',
    env: { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' },
  });
  return status === 0 ? JSON.parse(stdout.trim().split('\n').at(-1)) : null;
}

const sorted = (values) => [...values].sort((a, b) => a - b);
const median = (values) => sorted(values)[Math.floor(values.length / 2)];
const ms = (seconds) => `${(1000 * seconds).toFixed(0)} ms`;

function compare(name, peerName, target) {
  const pairs = [];
  for (let round = 0; round < ROUNDS; round++) {
    const theirs = peer(peerName);
    if (theirs === null) return console.log(`  ${peerName}: not installed, or it failed`);
    pairs.push({ theirs, own: ours(name) });
  }
  const ratios = sorted(pairs.map(({ own, theirs }) => own.cold / theirs.cold));
  const warm = median(pairs.map(({ own, theirs }) => own.warm / theirs.warm));
  const [{ own, theirs }] = pairs;
  const apart = Math.abs(own.estimate / theirs.estimate - 1);
  const said = `${median(ratios).toFixed(3)} × (${ratios[0].toFixed(3)}–${ratios.at(-1).toFixed(3)}), warm ${warm > 0 ? `${warm.toFixed(3)} ×` : 'too short to tell'}`;
  const verdict =
    target === null ? 'no target, its rows were counted beforehand' : `target ${target}: ${median(ratios) <= target ? 'met' : 'NOT MET'}`;
  console.log(
    `  ${peerName} (${theirs.version}) ${ms(median(pairs.map((pair) => pair.theirs.cold)))}: ours ${said}, ${verdict}; numbers ${apart.toExponential(0)} apart`,
  );
}

writeData();
console.log(
  `Setting: ${os.cpus().length} × ${os.cpus()[0]?.model}, Node ${process.versions.node}, ${ROWS} rows, load ${os.loadavg()[0].toFixed(1)}, ${ROUNDS} rounds by turns, medians of CPU time`,
);
for (const [name, { peers }] of Object.entries(cases).filter(([name]) => name.includes(process.argv[2] ?? ''))) {
  const runs = Array.from({ length: ROUNDS }, () => ours(name));
  const of = (key) => median(runs.map((run) => run[key]));
  console.log(
    `${name}: cold ${ms(of('cold'))} (elapsed ${ms(of('wall'))}), warm ${ms(of('warm'))}, memory ${of('memory').toFixed(2)} × the data · ${runs[0].n} rows, ${runs[0].iterations} iterations${runs[0].converged ? '' : ', NOT CONVERGED'}`,
  );
  for (const [peerName, target] of Object.entries(peers)) compare(name, peerName, target);
}
rmSync(folder, { recursive: true });
