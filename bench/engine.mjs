// How quickly it is known that there is nothing to do, and what one change costs: whole processes, engines up.
//   npm run build && node bench/engine.mjs              the demo, 3,927 tasks beside make, doit and Turborepo, 66,027 tasks
//   node bench/engine.mjs 100                           a graph of so many files alone (27 + 3 tasks a file)
//   node bench/engine.mjs 1300 --without turbo          the same without a peer
// Ours and the peers take turns round by round. The floor is a Node process that hashes as many keys and looks them up in Postgres;
// with one call to Temporal more it is what any client of the two must pay.
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { openAtlas } from './engine/atlas.mjs';
import { project, tasksOf, writeGraph, writeInput } from './engine/graph.mjs';
import { peersOf } from './engine/peers.mjs';
import { middle, run, text } from './engine/run.mjs';

const ROUNDS = 5;
/** More than this and the peers' first run takes longer than all the rest together. */
const MOST_FILES_FOR_PEERS = 2_000;
const { values: flags, positionals } = parseArgs({ allowPositionals: true, options: { without: { type: 'string', multiple: true } } });
const asked = positionals.map(Number);
const top = mkdtempSync(path.join(os.tmpdir(), 'atlas-bench-'));

try {
  console.log(
    `Setting: ${os.cpus().length} × ${os.cpus()[0]?.model}, Node ${process.versions.node}, ${ROUNDS} rounds in turn, median (range)`,
  );
  if (asked.length === 0) await demo();
  for (const files of asked.length > 0 ? asked : [1_300, 22_000]) await graph(files);
} finally {
  rmSync(top, { recursive: true, force: true });
}

async function demo() {
  const atlas = openAtlas(path.join(top, 'demo-home'), 'demo');
  try {
    const cold = atlas.rebuild();
    const again = rounds(() => atlas.rebuild().seconds);
    console.log(`demo (${cold.steps} steps): cold ${cold.seconds.toFixed(1)} s · nothing to do ${text(again)}`);
  } finally {
    atlas.end();
  }
}

async function graph(files) {
  const tasks = tasksOf(files);
  const at = writeGraph(path.join(top, `graph-${files}`), files);
  const peers = files > MOST_FILES_FOR_PEERS ? [] : peersOf(at, files, path.join(top, `peers-${files}`), flags.without);
  const atlas = openAtlas(path.join(top, `home-${files}`), at.study, at.steps);
  const url = await atlas.url();
  try {
    console.log(`\n${tasks} tasks (30 steps in 6 layers, three of them a shard a file; ${files} files)`);
    const cold = atlas.rebuild();
    console.log(`  cold: atlas ${cold.seconds.toFixed(1)} s, ${Math.round(cold.ran / cold.seconds)} tasks a second, ${cold.ran} tasks`);
    for (const peer of peers)
      console.log(`  cold: ${peer.missing ? `${peer.name} could not be had: ${peer.missing}` : `${peer.version} ${coldOf(peer)}`}`);
    nothingToDo({ atlas, tasks, url, peers: peers.filter(({ missing }) => missing === undefined) });
    await changes({ atlas, at, files, url });
    console.log(`  memory of the larger worker afterwards: ${(await atlas.workerMemory()).toFixed(0)} MiB`);
  } finally {
    await url.close();
    atlas.end();
    rmSync(at.folder, { recursive: true, force: true });
  }
}

function coldOf(peer) {
  try {
    return `${peer.run().seconds.toFixed(1)} s`;
  } catch (error) {
    peer.missing = String(error.message).split('\n')[0];
    return `failed: ${error.message.slice(0, 300)}`;
  }
}

function nothingToDo({ atlas, tasks, url, peers }) {
  const bare = (...more) =>
    run(process.execPath, [path.join(project, 'bench/engine/bare.mjs'), String(tasks), url.database, ...more]).seconds;
  const measured = {
    atlas: () => atlas.rebuild().seconds,
    'bare Node + Postgres': () => bare(),
    'bare Node + Postgres + one Temporal call': () => bare(url.address, url.namespace),
    ...Object.fromEntries(peers.map((peer) => [peer.version, () => peer.run().seconds])),
  };
  const times = Object.fromEntries(Object.keys(measured).map((name) => [name, []]));
  for (let round = 0; round < ROUNDS; round++) for (const [name, once] of Object.entries(measured)) times[name].push(once());
  for (const [name, values] of Object.entries(times)) {
    const ratios = times.atlas.map((own, round) => own / values[round]);
    const ratio = name === 'atlas' ? '' : ` · atlas takes ${text(ratios, '×')} of it`;
    console.log(`  nothing to do: ${name} ${text(values)}${ratio}`);
  }
  console.log(`  nothing to do: atlas ${((middle(times.atlas) / tasks) * 1000).toFixed(3)} ms a key, all included`);
}

/** The file's number enters by its tens: 1 more leaves the shard's row equal, 10 more do not. */
async function changes({ atlas, at, files, url }) {
  const index = Math.floor(files / 2);
  const edits = { 'a change that leaves the row equal': 10 * index + 1, 'a real change': 10 * index + 10, undone: 10 * index };
  for (const [name, number] of Object.entries(edits)) {
    writeInput(at, index, number);
    const { id, seconds, ran, steps } = atlas.rebuild();
    const alone = ran === 0 ? '' : ` · its shard, alone in a step: ${(await atlas.aloneMs(url, id, 'sample/a')).toFixed(0)} ms`;
    console.log(`  ${name}: ${ran} tasks in ${steps} steps ran, ${seconds.toFixed(2)} s${alone}`);
  }
}

function rounds(once) {
  return Array.from({ length: ROUNDS }, once);
}
