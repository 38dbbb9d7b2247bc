// One process that reads a bulk file into Postgres: node ours.mjs FILE DATABASE_URL. Prints the rows and the most memory it held.
import { createRequire } from 'node:module';
import { aiKeywords } from './study.mjs';

const require = createRequire(import.meta.url);
const { matchesInFile } = require('../../dist/activities/reading/pubmed-thread.js');
const [file, url] = process.argv.slice(2);
const read = await matchesInFile({ file: { path: file, name: file }, keywords: aiKeywords });
const rows = read.rows.map(({ record, keywords }) => ({
  pmid: record.pmid,
  year: record.year,
  title: record.title,
  abstract: record.abstract,
  keywords,
}));
if (url !== undefined) {
  const { openDatabase, transaction } = require('../../dist/store/database.js');
  const { copyRows } = require('../../dist/store/copy.js');
  const database = openDatabase(url);
  const columns = { pmid: ['integer', ''], year: ['smallint', ''], title: ['text', ''], abstract: ['text', ''], keywords: ['text[]', ''] };
  await transaction(database, (client) => copyRows(client, { table: 'matches', columns, shard: null }, rows));
  await database.pool.end();
}
console.log(JSON.stringify({ rows: rows.length, unusual: read.unusual, rssMb: process.resourceUsage().maxRSS / 1024 }));
