// Rows a second through store/copy, beside batched INSERT of the same rows in the same run (unnest, 1,000 rows a statement).
//   npm run build && node bench/copy-rows.mjs
// The two alternate, so that a busy machine slows both; the ratio is taken round by round.
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';

const require = createRequire(import.meta.url);
const { openStack } = require('../dist/stack/session.js');
const { homeAt } = require('../dist/stack/home.js');
const { openDatabase, transaction } = require('../dist/store/database.js');
const { copyRows } = require('../dist/store/copy.js');

const ROWS = 100_000;
const ROUNDS = 5;
const BATCH = 1_000;
const columns = { pmid: ['integer', ''], year: ['smallint', ''], title: ['text', ''], names: ['text[]', ''] };
const rows = Array.from({ length: ROWS }, (_, pmid) => ({
  pmid,
  year: 2000 + (pmid % 23),
  title: `Deep learning for the early detection of sepsis in intensive care, part ${pmid}`,
  names: ['Ada Lovelace', 'Emmy Noether'],
}));

const copy = (client) => copyRows(client, { table: 'copied', columns, shard: null }, rows);

async function insert(client) {
  for (let from = 0; from < ROWS; from += BATCH) {
    const batch = rows.slice(from, from + BATCH);
    await client.query(
      // A list of lists has no unnest of its own: the names go over as JSON.
      `insert into inserted select pmid, year, title, array(select jsonb_array_elements_text(names))
       from unnest($1::int[], $2::smallint[], $3::text[], $4::jsonb[]) as made(pmid, year, title, names)`,
      [batch.map((r) => r.pmid), batch.map((r) => r.year), batch.map((r) => r.title), batch.map((r) => JSON.stringify(r.names))],
    );
  }
}

async function rowsPerSecond(database, table, work) {
  await database.pool.query(`truncate ${table}`);
  const from = performance.now();
  await transaction(database, work);
  return ROWS / ((performance.now() - from) / 1000);
}

const middle = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const range = (values) => `${Math.min(...values).toFixed(1)}–${Math.max(...values).toFixed(1)}`;

const home = mkdtempSync(path.join(os.tmpdir(), 'atlas-bench-'));
const { outside } = homeAt(home);
try {
  const session = await openStack(home, ['postgres']);
  const database = openDatabase(await session.database('bench'));
  for (const table of ['copied', 'inserted'])
    await database.pool.query(`create table ${table} (pmid integer, year smallint, title text collate "C", names text[])`);
  const measured = [];
  for (let round = 0; round < ROUNDS; round++)
    measured.push([await rowsPerSecond(database, 'copied', copy), await rowsPerSecond(database, 'inserted', insert)]);
  const { rows: same } = await database.pool.query('select * from copied except all select * from inserted limit 1');
  if (same.length > 0) throw new Error(`Expected equal tables, got ${JSON.stringify(same[0])} in one of them.`);
  const [copied, inserted] = [measured.map(([a]) => a), measured.map(([, b]) => b)];
  const ratios = measured.map(([a, b]) => a / b);
  console.log(`Setting: ${ROWS} rows of ${Object.keys(columns).length} columns, ${ROUNDS} rounds in turn, median`);
  console.log(`store/copy ${Math.round(middle(copied))} rows/s · batched insert ${Math.round(middle(inserted))} rows/s`);
  console.log(`ratio ${middle(ratios).toFixed(1)}× (${range(ratios)})`);
  await database.pool.end();
  await session.close();
} finally {
  for (const folder of [home, outside]) rmSync(folder, { recursive: true, force: true });
}
