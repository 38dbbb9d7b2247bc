import type { CountryCue, CountryTables } from './tables';
import { splitWords, type Word } from './words';

/** What a place name may mean. `iso2` null: the phrase is known and names no country ("Gulf of Mexico"). */
export interface Meaning {
  iso2: string | null;
  cue: CountryCue;
  capitalsOnly: boolean;
}

interface Branch {
  next: Map<string, Branch>;
  meanings: Meaning[];
}

export interface Gazetteer {
  root: Branch;
  /** Postal letters of states and provinces: "MA" → US, "ON" → CA, "WA" → US and AU. */
  codes: ReadonlyMap<string, readonly Meaning[]>;
  countries: ReadonlySet<string>;
}

const capitals = /^\p{Lu}{2,4}$/u;

/** All tables in one tree of folded words. */
export function compileGazetteer(tables: CountryTables): Gazetteer {
  const root: Branch = { next: new Map(), meanings: [] };
  for (const { iso2, name } of tables.names) plant(root, name, { iso2, cue: 'name' });
  for (const { iso2, name } of tables.subdivisions) plant(root, name, { iso2, cue: subdivisionCue(iso2) });
  for (const { iso2, name } of tables.cities) plant(root, name, { iso2, cue: 'city' });
  for (const { phrase, iso2, kind } of tables.phrases)
    plant(root, phrase, { iso2: iso2 || null, cue: kind === 'city' ? 'city' : 'institution' });
  return { root, codes: postalLetters(tables), countries: new Set(tables.names.map(({ iso2 }) => iso2)) };
}

/** The longest name that starts at a word: its meanings and its length in words, or null. */
export function longestName(root: Branch, words: readonly Word[], start: number): { meanings: Meaning[]; length: number } | null {
  let longest: { meanings: Meaning[]; length: number } | null = null;
  let branch: Branch | undefined = root;
  for (let at = start; at < words.length; at += 1) {
    branch = branch.next.get(words[at]!.text);
    if (branch === undefined) break;
    const inCapitals = capitals.test(words[at]!.raw);
    const meanings = branch.meanings.filter(({ capitalsOnly }) => !capitalsOnly || inCapitals);
    if (meanings.length > 0) longest = { meanings, length: at - start + 1 };
  }
  return longest;
}

function plant(root: Branch, name: string, { iso2, cue }: { iso2: string | null; cue: CountryCue }): void {
  let branch = root;
  for (const { text } of splitWords(name)) {
    const next: Branch = branch.next.get(text) ?? { next: new Map(), meanings: [] };
    branch.next.set(text, next);
    branch = next;
  }
  const capitalsOnly = capitals.test(name);
  const known = branch.meanings.find((meaning) => meaning.iso2 === iso2);
  if (known === undefined) branch.meanings.push({ iso2, cue, capitalsOnly });
  else known.capitalsOnly &&= capitalsOnly;
}

function postalLetters({ subdivisions }: CountryTables): Map<string, Meaning[]> {
  const codes = new Map<string, Meaning[]>();
  for (const { iso2, code } of subdivisions) {
    const known = codes.get(code) ?? [];
    if (code === '' || known.some((meaning) => meaning.iso2 === iso2)) continue;
    codes.set(code, [...known, { iso2, cue: subdivisionCue(iso2), capitalsOnly: true }]);
  }
  return codes;
}

function subdivisionCue(iso2: string): CountryCue {
  return iso2 === 'US' ? 'us-state' : 'province';
}
