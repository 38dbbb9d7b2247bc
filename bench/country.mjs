// Affiliations a second through the country reader, one thread. Beside it, round by round over the same strings: the floor, splitting
// into folded words alone, and a naive reader that looks the last comma part up among the names of countries. Processor time, so that
// a busy machine does not count. Strings: the labelled sets if ATLAS_AFFILIATIONS (or ../shared/data/affiliations) has them, else the
// trap set of the tests.
//   npm run build && node bench/country.mjs
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { countryReader, shippedTables } from './country/reader.mjs';

const require = createRequire(import.meta.url);
const { splitWords } = require('../dist/methods/country/words.js');
const { fold } = require('../dist/methods/country/fold.js');

const ROUNDS = 7;
const LEAST = 40_000;
const folder = process.env.ATLAS_AFFILIATIONS ?? path.resolve(import.meta.dirname, '../../shared/data/affiliations');
const { source, texts } = existsSync(folder) ? labelled() : traps();

function labelled() {
  const files = readdirSync(folder).filter((name) => name.endsWith('.tsv'));
  const lines = files.flatMap((name) => readFileSync(path.join(folder, name), 'utf8').split('\n').slice(1));
  return { source: 'the labelled sets', texts: lines.filter((line) => line !== '').map((line) => line.split('\t')[0]) };
}

function traps() {
  const file = path.join(import.meta.dirname, '../test/methods/country/traps.csv');
  return { source: 'the trap set', texts: parse(readFileSync(file), { columns: true }).map(({ affiliation }) => affiliation) };
}

const names = new Map(shippedTables.names.map(({ iso2, name }) => [foldedName(name), iso2]));
const read = countryReader();
const work = {
  reader: (text) => read(text),
  'split and fold': (text) => splitWords(text),
  'last comma part': (text) => names.get(foldedName(text.slice(text.lastIndexOf(',') + 1))),
};

function foldedName(text) {
  return text
    .trim()
    .replace(/\.$/u, '')
    .split(/\s+/u)
    .map((word) => fold(word))
    .join(' ');
}

const repeats = Math.ceil(LEAST / texts.length);
const strings = repeats * texts.length;

function perSecond(each) {
  const from = process.cpuUsage();
  for (let repeat = 0; repeat < repeats; repeat++) for (const text of texts) each(text);
  const { user, system } = process.cpuUsage(from);
  return strings / ((user + system) / 1e6);
}

const middle = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const range = (values) => `${Math.min(...values).toFixed(1)}–${Math.max(...values).toFixed(1)}`;

const rounds = [];
for (let round = 0; round <= ROUNDS; round++) {
  const measured = Object.fromEntries(Object.entries(work).map(([name, each]) => [name, perSecond(each)]));
  if (round > 0) rounds.push(measured);
}
const characters = texts.reduce((sum, text) => sum + text.length, 0) / texts.length;
console.log(`${texts.length} strings of ${characters.toFixed(0)} characters (${source}), ${ROUNDS} rounds of ${strings} after one`);
for (const name of Object.keys(work)) {
  const ratios = rounds.map((round) => round[name] / round.reader);
  const speed = Math.round(middle(rounds.map((round) => round[name]))).toLocaleString('en');
  console.log(`${name}: ${speed} strings a second of one processor; ${middle(ratios).toFixed(1)} × the reader (${range(ratios)})`);
}
