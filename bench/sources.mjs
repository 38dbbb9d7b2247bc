// Pages a second from a service through the whole client (ledger and archive in Postgres, checks, records read), beside the floor: undici
// and JSON.parse over the same pages and as many at a time. And how full two workers keep the pace that they share, beside one.
//   npm run build && node bench/sources.mjs
// The two alternate, so that a busy machine slows both; ratios are taken round by round. The service is the simulator, in a process of its own.
import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { request } from 'undici';

const require = createRequire(import.meta.url);
const { createFetcher } = require('../dist/clients/http/fetcher.js');
const { crawl } = require('../dist/clients/openalex/crawl.js');
const { fields } = require('../dist/clients/openalex/fields.js');
const { readWork } = require('../dist/clients/openalex/records.js');
const { createArchive } = require('../dist/store/archive.js');
const { BlobFolder } = require('../dist/store/blobs/folder.js');
const { openDatabase } = require('../dist/store/database.js');
const { createLedger } = require('../dist/store/ledger.js');
const { createLimiter } = require('../dist/store/limiter.js');
const { migrate } = require('../dist/store/migrate.js');
const { openStack } = require('../dist/stack/session.js');
const { homeAt } = require('../dist/stack/home.js');

const ROUNDS = 5;
const LANES = 4;
const GAP_MS = 125;
const YEARS = Array.from({ length: 23 }, (_, index) => 2000 + index);
const filterOf = (year) => `publication_year:${year}`;

async function inLanes(years, work) {
  const todo = years.values();
  const lane = async () => {
    for (const year of todo) await work(year);
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}

function client({ bases, database, folder, vintage, gap }) {
  return createFetcher({
    bases,
    secrets: { openalexKey: 'bench' },
    archive: createArchive(database, new BlobFolder(folder), vintage),
    ledger: createLedger(database, { run: null, step: 'bench', shard: null }),
    limiter: createLimiter(database, gap === 0 ? {} : { openalex: gap }),
    userAgent: 'research-atlas-bench',
  });
}

/** @returns pages and ids */
async function ours(options, years) {
  const fetcher = client(options);
  const found = { pages: 0, ids: new Set() };
  await inLanes(years, async (year) => {
    const plan = { path: '/works', filter: filterOf(year), select: fields.conference, read: (raw) => readWork(raw) };
    for await (const { rows } of crawl(fetcher, plan)) {
      found.pages++;
      for (const { id } of rows) found.ids.add(id);
    }
  });
  await fetcher.close();
  return found;
}

async function floor({ bases }, years) {
  const found = { pages: 0, ids: new Set() };
  await inLanes(years, async (year) => {
    for (let cursor = '*'; cursor !== null;) {
      const query = new URLSearchParams({ filter: filterOf(year), select: fields.conference, per_page: '100', cursor });
      const { body } = await request(`${bases.openalex}/works?${query}`, { headers: { authorization: 'Bearer bench' } });
      const { meta, results } = await body.json();
      found.pages++;
      for (const { id } of results) found.ids.add(id.replace('https://openalex.org/', ''));
      cursor = results.length === 0 ? null : meta.next_cursor;
    }
  });
  return found;
}

async function timed(work) {
  const from = performance.now();
  const { pages, ids } = await work();
  return { rate: pages / ((performance.now() - from) / 1000), pages, ids };
}

const middle = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const range = (values) => `${Math.min(...values).toFixed(2)}–${Math.max(...values).toFixed(2)}`;
const tell = (address, name, body) => request(`http://${address}/${name}`, { method: 'POST', body: JSON.stringify(body) });
const ask = async (address, name) => (await request(`http://${address}/${name}`)).body.json();

async function simulator(port = 0) {
  const main = path.join(import.meta.dirname, '../dist/simulator/main.js');
  const child = spawn(process.execPath, [main, '--world', 'synthetic', '--scale', 'small', '--port', String(port)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(child.stdout, 'data');
  return { child, ...JSON.parse(String(line)).ready };
}

async function throughput(shared, latencyMs) {
  await tell(shared.address, '_switches', { latencyMs });
  const measured = [];
  for (let round = 0; round < ROUNDS; round++) {
    const own = await timed(() => ours({ ...shared, vintage: `${latencyMs}-${round}`, gap: 0 }, YEARS));
    const plain = await timed(() => floor(shared, YEARS));
    if (own.ids.size !== plain.ids.size) throw new Error(`Expected the same works, got ${own.ids.size} and ${plain.ids.size}.`);
    measured.push([own.rate, plain.rate, own.ids.size, own.pages]);
  }
  const ratios = measured.map(([own, plain]) => own / plain);
  const [, , works, pages] = measured[0];
  console.log(
    `${latencyMs} ms away, ${LANES} in flight, ${works} works on ${pages} pages: ${middle(measured.map(([own]) => own)).toFixed(0)} pages/s, floor ${middle(measured.map(([, plain]) => plain)).toFixed(0)}, ratio ${middle(ratios).toFixed(2)} (${range(ratios)})`,
  );
}

/** Workers are processes; each takes every n-th year. The pace is theirs together. */
async function pacing(shared, workers, round) {
  const before = (await ask(shared.address, '_requests')).length;
  const children = Array.from({ length: workers }, (_, index) => {
    const years = YEARS.filter((_, at) => at % workers === index);
    const { database: _database, ...plain } = shared;
    const task = { ...plain, url: shared.database.url, vintage: `pace-${workers}-${round}`, gap: GAP_MS, years };
    return once(fork(import.meta.filename, ['worker'], { env: { ...process.env, BENCH_TASK: JSON.stringify(task) } }), 'exit');
  });
  await Promise.all(children);
  const starts = (await ask(shared.address, '_requests'))
    .slice(before)
    .map(({ at }) => at)
    .sort((a, b) => a - b);
  const most = Math.max(...starts.map((at, index) => starts.slice(index).filter((other) => other < at + 1000).length));
  return { full: ((starts.length - 1) * GAP_MS) / (starts.at(-1) - starts[0]), most };
}

if (process.argv[2] === 'worker') {
  const { url, years, ...task } = JSON.parse(process.env.BENCH_TASK);
  const database = openDatabase(url);
  await ours({ ...task, database }, years);
  await database.pool.end();
} else {
  const home = mkdtempSync(path.join(os.tmpdir(), 'atlas-bench-'));
  const { outside } = homeAt(home);
  const service = await simulator();
  const session = await openStack(home, ['postgres']);
  const database = openDatabase(await session.database('bench'));
  try {
    await migrate(database);
    const { address, openalex, eutils, bulk } = service;
    const shared = { address, bases: { openalex, eutils, bulk }, database, folder: home };
    for (const latencyMs of [0, 150]) await throughput(shared, latencyMs);
    console.log(`memory at the end: ${(process.memoryUsage().rss / 2 ** 20).toFixed(0)} MiB`);
    for (const workers of [1, 2]) {
      const rounds = [await pacing(shared, workers, 0), await pacing(shared, workers, 1), await pacing(shared, workers, 2)];
      const full = rounds.map((round) => round.full);
      console.log(
        `${workers} worker(s), 150 ms away, a pace of ${1000 / GAP_MS}/s: ${(100 * middle(full)).toFixed(0)} % full (${range(full)}), at most ${Math.max(...rounds.map(({ most }) => most))} requests in any second`,
      );
    }
  } finally {
    await database.pool.end();
    await session.close();
    service.child.kill();
    rmSync(outside, { recursive: true, force: true });
    rmSync(home, { recursive: true, force: true });
  }
}
