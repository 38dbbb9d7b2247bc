import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { folded, known } from './hand-tables.mjs';

const require = createRequire(import.meta.url);
const { compileCountryReader } = require('../../dist/methods/country/reader.js');
const { domainCountry } = require('../../dist/methods/country/email.js');

/** A higher-education name says what it is in some language; schools do too, and are left out. */
const higher =
  /universi|univerz|univ\.|colleg|institut|academ|akadem|accademia|polyte|polite|hochschul|högskol|høgskol|høyskol|hogeschool|egyetem|ülikool|yliopisto|korkeakoulu|üniversite|uniwersytet|uczelni|école|ecole|escuela|escola|faculdade|facultad|school of/iu;
const lower =
  /\b(high|secondary|middle|elementary|primary|grammar|public|private|international) school|school district|gymnas|gimn[aá]z|lyc[eé]e|lice[ou]|liceul|istituto (tecnico|statale|comprensivo|di istruzione|professionale|d['’])|\biti?s\b|\bies\b|colegio|coll[eè]ge (?!de france|universit)|kolleg|berufs|vocational|sixth form|szakk|st[rř]edn|technikum|k-?12|\bTHPT\b|\bSMK?\b|preparatory|junior|bootcamp|academy school|online/iu;
/** Words of as many countries' names as this say nothing about one of them. A name made of such words alone is no name. */
const SHARED = 5;
/** Such words, as far as the names at hand do not show it. */
export const generic = new Set(
  `agri air akademia bible catolica commerce computer de defence del della des di dos eastern estadual estatal evangelical federal gospel
  imperial kings language marine maritime metropolitan normal north northeastern northern northwestern open paramedical pedagogical
  petroleum police popular presbyterian private publica queen queens rural seminary southeastern southern southwestern teacher
  technologies union united urban us usa victoria virtual war western women womens y`.split(/\s+/u),
);
/** Institutions outside the United States that have an .edu domain. */
const abroad = new Set(
  'upc ub upf uoc url udg uvic ie iese esade eae ceu insead aub lau aus auc aup acg sgu unu au ait aui upr uprm pupr suagm inter sagrado uvi uog amsamoa tmu hult essec edhec escp vlerick aiu mum esc bsm csic ucjc udima unir uax uemc ceu uic uao salleurl'.split(
    ' ',
  ),
);
/** Every country has an institute of physics. */
const department = /^(?:national )?(?:institute|school|faculty|academy|facultad|departamento) (?:of|for|de) /iu;
const latin = /^[\p{Script=Latin}\p{N}\s.'’´`&/-]+$/u;

/**
 * Names of universities and colleges by the country of their domain, without those that the other tables answer rightly.
 * `folder`: lib/domains of swot, one file a domain, its names one a line.
 */
export function institutionsOf(folder, { hand, cities }) {
  const countries = new Set(hand.names.map(({ iso2 }) => iso2));
  const byName = new Map();
  const found = [...namesIn(folder, countries)];
  const shared = sharedWords(found);
  for (const { name, iso2 } of found.filter(({ name }) => hasOwnWord(name, shared))) {
    const entry = byName.get(folded(name)) ?? { name, countries: new Set() };
    byName.set(folded(name), { ...entry, countries: entry.countries.add(iso2) });
  }
  for (const [key, entry] of [...byName].flatMap(turned)) if (!byName.has(key) && hasOwnWord(entry.name, shared)) byName.set(key, entry);
  const read = compileCountryReader({ ...hand, towns: cities });
  const taken = known(hand);
  return [...byName].flatMap(([key, entry]) => (taken.has(key) ? [] : rowsOf(entry, read)));
}

/** One row for each country of the name; none when the other tables answer: where they contradict a domain, the domain is mostly wrong. */
function rowsOf({ name, countries }, read) {
  if (read(`Department of Physics, ${name}`).country !== null) return [];
  return [...countries].map((iso2) => ({ iso2, name }));
}

/** "University of Chester" is written "Chester University" too, and American colleges become universities. */
function turned([, { name, countries }]) {
  const place = /^University of (\p{Lu}[\p{L}-]+)$/u.exec(name)?.[1];
  const other = /^(\p{Lu}[\p{L}-]+) University$/u.exec(name)?.[1];
  const college = countries.has('US') ? /^(\p{Lu}[\p{L} -]+) College$/u.exec(name)?.[1] : undefined;
  const names = [place && `${place} University`, other && `University of ${other}`, college && `${college} University`];
  return names
    .filter((turnedName) => turnedName && isInstitution(turnedName))
    .map((turnedName) => [folded(turnedName), { name: turnedName, countries }]);
}

function* namesIn(folder, countries) {
  for (const file of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!file.isFile()) continue;
    const full = path.join(file.parentPath, file.name);
    const domain = path.relative(folder, full).slice(0, -'.txt'.length).split(path.sep).reverse().join('.');
    for (const name of readFileSync(full, 'utf8').split('\n').map(tidy)) {
      const iso2 = countryOf(domain, { name, countries });
      if (iso2 !== null && isInstitution(name)) yield { name, iso2 };
    }
  }
}

function countryOf(domain, { name, countries }) {
  const labels = domain.split('.');
  if (labels.at(-1) !== 'edu') return labels.at(-1) === 'us' ? null : domainCountry(domain, countries);
  const foreign = abroad.has(labels.at(-2)) || /universi(?!ty|ties)|instituto|escola|escuela|[^\x20-\x7e]/iu.test(name);
  return foreign ? null : 'US';
}

function tidy(line) {
  return line
    .replace(/,.*| [-–] .*/u, '')
    .replace(/\([^)]*\)|["“”«»]/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim()
    .replace(/^the /iu, '');
}

function isInstitution(name) {
  const { length } = folded(name).split(' ');
  return !department.test(name) && latin.test(name) && length >= 2 && length <= 9 && higher.test(name) && !lower.test(name);
}

function sharedWords(names) {
  const countriesOf = new Map();
  for (const { name, iso2 } of names)
    for (const word of folded(name).split(' ')) countriesOf.set(word, (countriesOf.get(word) ?? new Set()).add(iso2));
  return new Set([...generic, ...[...countriesOf].filter(([, countries]) => countries.size >= SHARED).map(([word]) => word)]);
}

function hasOwnWord(name, shared) {
  return folded(name)
    .split(' ')
    .some((word) => !shared.has(word) && !/^\d+$|^.$/u.test(word));
}
