// Lines of an OpenAlex part → citing links, and → links and records with a keyword: CPU time beside inflating the same file into one reused buffer,
// and beside JSON.parse of every line with the same matching. Lines are synthetic and as heavy as real ones (simulator/world/heavy-works).
//   npm run build && node bench/openalex-lines.mjs [lines, default 20000]
// First the gate: every reader finds the same links and the same works, none missed, none too many. Then rounds in turn, ratios round by round.
import { createRequire } from 'node:module';
import os from 'node:os';
import { gzipSync } from 'node:zlib';
import { readFileSync } from 'node:fs';

const require = createRequire(import.meta.url);
const { heavyWorks } = require('../dist/simulator/world/heavy-works.js');
const { Inflater } = require('../dist/clients/openalex/snapshot/inflate.js');
const { lineBlocks } = require('../dist/clients/openalex/snapshot/lines.js');
const { LinkScanner } = require('../dist/clients/openalex/snapshot/links.js');
const { linesOf } = require('../dist/clients/openalex/snapshot/part.js');
const { IdTable } = require('../dist/clients/openalex/snapshot/id-table.js');
const { WordScanner } = require('../dist/clients/openalex/snapshot/words.js');
const { WordTable } = require('../dist/clients/openalex/snapshot/word-table.js');
const { wordPhrases } = require('../dist/activities/reading/word-phrases.js');
const { compileKeywords, fold } = require('../dist/methods/keywords/index.js');
const { invertedIndexToText } = require('../dist/methods/inverted-index.js');

const LINES = Number(process.argv[2] ?? 20_000);
const ROUNDS = 7;
const [CITING, MATCHING] = [0.05, 0.015];
const PIECE = 512 * 1024;
const rule = { end: 'plural', spelling: 'both' };
const keywords = readFileSync(new URL('../config/vocabularies/ai-keywords.txt', import.meta.url), 'utf8')
  .split('\n')
  .map((line) => line.trim())
  .filter((line) => line !== '' && !line.startsWith('#'));
const sought = Array.from({ length: 400_000 }, (_, index) => 1_000_000_007 + index * 8_501);

const works = heavyWorks({ seed: 7, sought, citing: CITING, phrases: keywords, matching: MATCHING });
const chunks = [];
let bytes = 0;
for (let number = 0; number < LINES; number++) {
  const line = Buffer.from(`${JSON.stringify(works.next().value)}\n`);
  bytes += line.length;
  chunks.push(line);
}
const packed = gzipSync(Buffer.concat(chunks.splice(0)));

async function* pieces() {
  for (let at = 0; at < packed.length; at += PIECE) yield packed.subarray(at, at + PIECE);
}

const table = IdTable.ofNumbers(sought);
const addresses = new Set(sought.map((number) => `https://openalex.org/W${number}`));
const matcher = compileKeywords(keywords, rule);
const words = new WordTable(wordPhrases(keywords, rule));
const short = (address) => Number(address.slice('https://openalex.org/W'.length));
const matches = ({ title, abstract_inverted_index: index }) =>
  matcher.match([title, index == null ? null : invertedIndexToText(index)]).length > 0;

/** Nothing but inflating, into one buffer. */
async function floor() {
  const inflater = new Inflater();
  const output = Buffer.allocUnsafe(PIECE);
  for await (const piece of pieces()) {
    inflater.feed(piece);
    while (inflater.fill(output, 0, output.length) === output.length || !inflater.isUsedUp);
  }
  inflater.close();
  return { links: [], works: [] };
}

async function scan(withWords) {
  const found = { links: [], works: [], candidates: 0 };
  const linker = new LinkScanner(table);
  const worder = new WordScanner(words, fold);
  for await (const block of lineBlocks(pieces(), 'bench')) {
    linker.start(block);
    if (withWords) worder.start(block);
    for (const [from, end] of linesOf(block)) {
      const { verdict, citing, cited } = linker.scan(from, end);
      if (verdict === 'unsure') throw new Error('Expected no line that must be read in full for its links, got one.');
      for (const one of cited) found.links.push([citing, one]);
      if (!withWords || !worder.scan(from, end)) continue;
      found.candidates++;
      const work = JSON.parse(block.buffer.toString('utf8', from, end));
      if (matches(work)) found.works.push(short(work.id));
    }
  }
  return found;
}

async function parse(withWords) {
  const found = { links: [], works: [] };
  for await (const block of lineBlocks(pieces(), 'bench')) {
    for (const [from, end] of linesOf(block)) {
      const work = JSON.parse(block.buffer.toString('utf8', from, end));
      for (const one of new Set(work.referenced_works)) if (addresses.has(one)) found.links.push([short(work.id), short(one)]);
      if (withWords && matches(work)) found.works.push(short(work.id));
    }
  }
  return found;
}

const readers = {
  inflate: floor,
  links: () => scan(false),
  'links and records': () => scan(true),
  'JSON.parse, links': () => parse(false),
  'JSON.parse, links and records': () => parse(true),
};
const peers = ['JSON.parse, links', 'JSON.parse, links and records'];

function same(name, got, wanted) {
  const [a, b] = [got, wanted].map((list) => JSON.stringify([...list].sort()));
  if (a !== b) throw new Error(`Expected equal ${name}, got ${got.length} where parsing finds ${wanted.length}. The benchmark stops here.`);
}

const truth = await parse(true);
const quick = await scan(true);
same('links', (await scan(false)).links, truth.links);
same('links', quick.links, truth.links);
same('works', quick.works, truth.works);

const times = Object.fromEntries(Object.keys(readers).map((name) => [name, []]));
for (let round = 0; round < ROUNDS; round++) {
  for (const [name, reader] of Object.entries(readers)) {
    if (peers.includes(name) && round >= 3) continue;
    const from = process.cpuUsage();
    await reader();
    const { user, system } = process.cpuUsage(from);
    times[name].push((user + system) / 1000);
  }
}

const middle = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const ratio = (name) => {
  const ratios = times[name].map((time, round) => time / times.inflate[round]);
  return `${middle(ratios).toFixed(2)}× (${Math.min(...ratios).toFixed(2)}–${Math.max(...ratios).toFixed(2)})`;
};
console.log(
  `Setting: ${LINES} synthetic lines, ${(bytes / LINES / 1000).toFixed(1)} kB each, gzip ${(bytes / packed.length).toFixed(1)}:1; ${sought.length} works sought, cited by ${CITING * 100} % of lines; ${keywords.length} keywords, in ${MATCHING * 100} % of texts; ${os.cpus()[0]?.model}, Node ${process.versions.node}`,
);
console.log(
  `Gate: ${truth.links.length} links and ${truth.works.length} works, 0 missed, 0 extra; ${(quick.candidates / truth.works.length).toFixed(1)} candidates for each match`,
);
console.log(
  `inflate ${middle(times.inflate).toFixed(0)} ms CPU, the floor · ${ROUNDS} rounds in turn (3 for JSON.parse), median and range`,
);
for (const name of Object.keys(readers).slice(1)) console.log(`${name}: ${ratio(name)} the floor`);
