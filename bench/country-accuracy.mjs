// How often the country reader is right: by set, by cue and by trap, as Markdown tables for docs/methods/country.md. The labelled sets
// are in the folder ATLAS_AFFILIATIONS (or ../shared/data/affiliations); without it only the trap set is measured.
//   npm run build && node bench/country-accuracy.mjs
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { countryReader } from './country/reader.mjs';

const here = import.meta.dirname;
const tests = path.join(here, '../test/methods/country');
const folder = process.env.ATLAS_AFFILIATIONS ?? path.resolve(here, '../../shared/data/affiliations');
const table = (file) => parse(readFileSync(path.join(tests, file)), { columns: true });
const digest = (kind, text) => createHash(kind).update(text).digest('hex');
const errors = new Set(table('label-errors.csv').map(({ sha256 }) => sha256));
const read = countryReader();

/** Two halves: names were added while looking at the first. */
const halfOf = (affiliation) => (Number.parseInt(digest('md5', affiliation).slice(0, 2), 16) % 2 === 0 ? 'first' : 'second');

function labelled(set) {
  const lines = readFileSync(path.join(folder, `${set}.tsv`), 'utf8')
    .split('\n')
    .slice(1);
  return lines.filter((line) => line !== '').map((line) => ({ set, ...judged(...line.split('\t')) }));
}

function judged(affiliation, label) {
  const { country, cue } = read(affiliation);
  return { cue, label, country, half: halfOf(affiliation), aside: errors.has(digest('sha256', affiliation).slice(0, 16)) };
}

const percent = (part, whole) => (whole === 0 ? '–' : ((100 * part) / whole).toFixed(2));

/** Strings, answered %, right of the answers %, right of all %. */
function shares(rows) {
  const answered = rows.filter(({ country }) => country !== null);
  const right = answered.filter(({ country, label }) => country === label).length;
  return [rows.length, percent(answered.length, rows.length), percent(right, answered.length), percent(right, rows.length)];
}

function print(head, rows) {
  const lines = [head, head.map((_, index) => (index === 0 ? '---' : '---:')), ...rows];
  console.log(`\n${lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}`);
}

const groups = (rows, key) => [...new Set(rows.map((row) => row[key]))].map((value) => [value, rows.filter((row) => row[key] === value)]);
const measures = ['strings', 'answered %', 'right of answers %', 'right of all %'];

function printLabelled() {
  const rows = ['springer', 'pmc', 'mixed', 'institution-only'].flatMap(labelled);
  const counted = rows.filter(({ aside }) => !aside);
  const bySet = groups(rows, 'set').flatMap(([set, all]) => {
    const halves = groups(
      counted.filter((row) => row.set === set),
      'half',
    ).sort(([a], [b]) => (a < b ? -1 : 1));
    return [[`${set}, labels as they are`, ...shares(all)], [`${set}, label errors aside`, ...shares(all.filter(({ aside }) => !aside))],
      ...halves.map(([half, part]) => [`${set}, ${half} half`, ...shares(part)])]; // prettier-ignore
  });
  print(['set', ...measures], bySet);
  const cues = ['name', 'us-state', 'province', 'postcode', 'city', 'institution', 'email-domain'];
  const cells = (cue, set) => {
    const given = counted.filter((row) => row.cue === cue && row.set === set);
    return given.length === 0
      ? '–'
      : `${given.length} (${percent(given.filter(({ country, label }) => country === label).length, given.length)} %)`;
  };
  const sets = groups(rows, 'set').map(([set]) => set);
  print(['cue that decided', ...sets], cues.map((cue) => [cue, ...sets.map((set) => cells(cue, set))])); // prettier-ignore
}

if (existsSync(folder)) printLabelled();
else console.warn(`Labelled affiliations are not at ${folder}; set ATLAS_AFFILIATIONS to their folder.`);

const traps = table('traps.csv').map(({ trap, affiliation, country: label }) => ({ trap, label, country: read(affiliation).country }));
const expected = ({ label, country }) => (country ?? '') === label;
print(
  ['trap', 'strings', 'of them without an answer', 'as expected'],
  groups(traps, 'trap').map(([trap, rows]) => [
    trap,
    rows.length,
    rows.filter(({ label }) => label === '').length,
    rows.filter(expected).length,
  ]),
);
