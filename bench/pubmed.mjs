// How fast PubMed bulk files become rows, beside floors and public readers, on synthetic files of real size and make.
//   npm run build && node bench/pubmed.mjs            all; minutes
//   node bench/pubmed.mjs --records 6000              smaller files
// First the gate: exactly the planted records are found. Then CPU time in alternating rounds, the median of the ratios of each round.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { writeBulkFile } from './pubmed/file.mjs';
import { commandCpu, gunzipStream, inflateReused } from './pubmed/floors.mjs';
import { cpuOf, middle, ratio, rounds } from './pubmed/rounds.mjs';
import { study } from './pubmed/study.mjs';

const require = createRequire(import.meta.url);
const { hitsInFile, clinicalInFile } = require('../dist/activities/reading/pubmed-thread.js');
const { compileKeywords } = require('../dist/methods/keywords/index.js');
const { entryOf } = require('../dist/methods/keywords/alternatives.js');
const { XMLParser } = require('fast-xml-parser');
const { openStack } = require('../dist/stack/session.js');
const { homeAt } = require('../dist/stack/home.js');
const { openDatabase } = require('../dist/store/database.js');

const { values } = parseArgs({ options: { records: { type: 'string', default: '30000' } } });
const RECORDS = Number(values.records);
const SMALL = Math.min(3000, RECORDS);
const ROUNDS = 7;
const folder = mkdtempSync(path.join(os.tmpdir(), 'atlas-bench-pubmed-'));
const say = (name, value) => console.log(`${name.padEnd(62)} ${value}`);

try {
  const file = path.join(folder, 'pubmed99n0001.xml.gz');
  const made = writeBulkFile(file, { records: RECORDS, seed: 1 });
  const small = path.join(folder, 'pubmed99n0002.xml.gz');
  const few = writeBulkFile(small, { records: SMALL, seed: 2 });
  console.log(
    `Setting: ${RECORDS} synthetic records, ${(made.bytes / 1e6).toFixed(0)} MB, gzip ${(made.bytes / made.gzip).toFixed(1)}:1, ${(made.share * 100).toFixed(1)} % of it titles and abstracts, ${made.hits.size} with a keyword; ${ROUNDS} rounds in turn; CPU ratios, median (range); ${os.cpus().length} × ${os.cpus()[0]?.model}, load ${os.loadavg()[0].toFixed(1)}, Node ${process.versions.node}`,
  );
  await gate(file, made.hits);
  await floors(file);
  await database(file);
  await workers(file, made.hits.size);
  await readers(small, few.hits);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** PMIDs of the study's rows; those of other rules are read too. */
async function matches(path) {
  const read = await hitsInFile({ file: { path, name: path }, keywords: study });
  if (read.rows === undefined || read.unusual !== null) throw new Error(`Expected a plain file, got ${read.refused ?? read.unusual}.`);
  return read.rows.filter(({ matched }) => matched).map(({ pmid }) => pmid);
}

async function gate(file, planted) {
  const found = new Set(await matches(file));
  const missed = [...planted].filter((pmid) => !found.has(pmid));
  const extra = [...found].filter((pmid) => !planted.has(pmid));
  say('gate: planted records missed / records found beside them', `${missed.length} / ${extra.length}`);
  if (missed.length + extra.length > 0) throw new Error(`missed ${missed.slice(0, 5)}, extra ${extra.slice(0, 5)}`);
}

async function floors(file) {
  const times = await rounds(
    {
      inflate: () => cpuOf(() => inflateReused(file)),
      stream: () => cpuOf(() => gunzipStream(file)),
      rows: () => cpuOf(() => matches(file)),
      outlines: () => cpuOf(() => clinicalInFile({ file: { path: file, name: file }, filter: null })),
    },
    ROUNDS,
  );
  say('file → matching rows, against inflate into a reused buffer', `${ratio(times.rows, times.inflate)}   target ≤ 1.6`);
  say('file → matching rows, against the public gunzip stream', `${ratio(times.rows, times.stream)}   target ≤ 1.5`);
  say('file → every record in outline, against inflate', ratio(times.outlines, times.inflate));
  say('inflate, MB of text a second of CPU', Math.round(megabytesASecond(file, times.inflate)));
}

function megabytesASecond(file, times) {
  return inflateReused(file) / 1000 / middle(times);
}

/** The whole process, from starting Node to rows committed, beside `gzip -dc` alone. */
async function database(file) {
  const home = path.join(folder, 'home');
  const { outside } = homeAt(home);
  const session = await openStack(home, ['postgres']);
  try {
    const url = await session.database('bench');
    const opened = openDatabase(url);
    await opened.pool.query('create table matches (pmid integer, year smallint, title text, abstract text, keywords text[])');
    await opened.pool.end();
    let told = {};
    const ours = path.join(import.meta.dirname, 'pubmed/ours.mjs');
    const asked = path.join(folder, 'study.json');
    writeFileSync(asked, JSON.stringify(study));
    const command = `'${process.execPath}' '${ours}' '${file}' '${asked}' '${url}'`;
    const times = await rounds(
      {
        gzip: () => commandCpu(`gzip -dc '${file}' > /dev/null`).ms,
        ours: () => {
          const { ms, stdout } = commandCpu(command);
          told = JSON.parse(stdout);
          return ms;
        },
        plain: () => commandCpu(`${command} plain`).ms,
      },
      ROUNDS,
    );
    say('whole process, file → rows in Postgres, against `gzip -dc`', `${ratio(times.ours, times.gzip)}   target ≤ 0.85`);
    say('the same as V8 compiles by itself, against that', ratio(times.plain, times.ours));
    say('most memory of that process', `${told.rssMb.toFixed(0)} MB   target ≤ 200`);
  } finally {
    await session.close();
    rmSync(outside, { recursive: true, force: true });
  }
}

/** Four files by one thread and by two: the clock, since that is what threads are for. Needs two idle cores. */
async function workers(file, wanted) {
  const { Piscina } = await import('piscina');
  const filename = require.resolve('../dist/activities/reading/pubmed-thread.js');
  const task = { file: { path: file, name: file }, keywords: study };
  const timed = (threads) => {
    const pool = new Piscina({ filename, name: 'hitsInFile', minThreads: threads, maxThreads: threads });
    const work = async () => {
      const from = performance.now();
      const read = await Promise.all(Array.from({ length: 4 }, () => pool.run(task)));
      if (read.some(({ rows }) => rows.filter(({ matched }) => matched).length !== wanted))
        throw new Error('Expected the same rows from every thread.');
      return performance.now() - from;
    };
    return { pool, work };
  };
  const [one, two] = [timed(1), timed(2)];
  const times = await rounds({ one: one.work, two: two.work }, 5);
  await Promise.all([one.pool.close(), two.pool.close()]);
  say('two threads against one, by the clock', `${ratio(times.one, times.two)}   target ≥ 1.7 (load ${os.loadavg()[0].toFixed(1)})`);
}

/** Public readers on a smaller file, and ours on the same. */
async function readers(file, planted) {
  const expression = path.join(folder, 'expression');
  writeFileSync(expression, pattern());
  const python = venv();
  const works = { ours: () => cpuOf(() => matches(file)), 'fast-xml-parser': () => cpuOf(() => withFastXmlParser(file, planted)) };
  for (const name of python === null ? [] : ['lxml', 'pubmed_parser'])
    works[name] = () => withPython(python, { name, file, expression, planted });
  const times = await rounds(works, 3);
  const targets = { 'fast-xml-parser': 15, lxml: 6, pubmed_parser: 14 };
  for (const [name, target] of Object.entries(targets))
    say(`${name} on every article, against ours`, times[name] ? `${ratio(times[name], times.ours)}   target ≥ ${target}` : 'not installed');
}

/** The study's own rule as one expression over folded text between blanks. */
function pattern() {
  const phrases = study.keywords.flatMap((keyword) => entryOf(keyword, study).any.map(({ phrase }) => phrase));
  return ` (?:${[...new Set(phrases)].join('|')})s? `;
}

function withFastXmlParser(file, planted) {
  const parser = new XMLParser({
    ignoreAttributes: false,
    parseTagValue: false,
    trimValues: false,
    stopNodes: ['PubmedArticle.MedlineCitation.Article.ArticleTitle', 'PubmedArticle.MedlineCitation.Article.Abstract.AbstractText'],
  });
  const { match } = compileKeywords(study.keywords, study);
  const text = gunzipSync(readFileSync(file)).toString();
  let found = 0;
  for (const [xml] of text.matchAll(/<PubmedArticle>[^]*?<\/PubmedArticle>/g)) {
    const { Article } = parser.parse(xml).PubmedArticle.MedlineCitation;
    const parts = [Article.ArticleTitle, Article.Abstract?.AbstractText].flat().map((part) => part?.['#text'] ?? part ?? '');
    if (
      match(
        parts.map((part) =>
          part
            .replace(/<[^>]*>/g, '')
            .replace(/&#x(\w+);/g, (_, hex) => String.fromCodePoint(parseInt(hex, 16)))
            .replace(/\s+/g, ' '),
        ),
      ).length > 0
    )
      found++;
  }
  if (found !== planted.size) console.log(`  (fast-xml-parser finds ${found} of ${planted.size})`);
}

function withPython(python, { name, file, expression, planted }) {
  const script = path.join(import.meta.dirname, 'pubmed/peers.py');
  const { seconds, pmids } = JSON.parse(execFileSync(python, [script, name, file, expression], { encoding: 'utf8', maxBuffer: 2 ** 28 }));
  const missed = [...planted].filter((pmid) => !pmids.includes(pmid)).length;
  if (missed + pmids.length - planted.size !== 0) say(`  (${name} misses ${missed} and finds ${pmids.length} of ${planted.size})`, '');
  return seconds * 1000;
}

/** A Python of its own with the two parsers; null if this machine cannot have one. */
function venv() {
  const home = path.join(folder, 'venv');
  try {
    execFileSync('python3', ['-m', 'venv', home], { stdio: 'ignore' });
    execFileSync(path.join(home, 'bin/pip'), ['install', '--quiet', 'lxml', 'pubmed_parser'], { stdio: 'ignore' });
    return path.join(home, 'bin/python');
  } catch {
    console.log('  (no Python with lxml and pubmed_parser could be made here: they are left out)');
    return null;
  }
}
