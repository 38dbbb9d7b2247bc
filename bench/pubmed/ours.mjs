// One process that reads a bulk file into Postgres: node ours.mjs FILE STUDY_FILE DATABASE_URL [plain]. Prints the rows and the most memory it held.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
// As a worker does, before anything else; "plain" leaves V8 as it is.
if (process.argv[5] !== 'plain') require('../../dist/worker/economy.js').economise();
const { hitsInFile } = require('../../dist/activities/reading/pubmed-thread.js');
const { openDatabase, transaction } = require('../../dist/store/database.js');
const { copyRows } = require('../../dist/store/copy.js');

const [file, study, url] = process.argv.slice(2);
const { rows, unusual } = await hitsInFile({ file: { path: file, name: file }, keywords: JSON.parse(readFileSync(study, 'utf8')) });
const columns = { pmid: ['integer', ''], year: ['smallint', ''], title: ['text', ''], abstract: ['text', ''], keywords: ['text[]', ''] };
const database = openDatabase(url);
await transaction(database, (client) => copyRows(client, { table: 'matches', columns, shard: null }, rows));
await database.pool.end();
console.log(JSON.stringify({ rows: rows.length, unusual, rssMb: process.resourceUsage().maxRSS / 1024 }));
