import type { CountryCue, CountryTables } from './tables';
import { splitWords, type Word } from './words';

/** What a place name may mean. `iso2` null: the phrase is known and names no country ("Gulf of Mexico"). */
export interface Meaning {
  iso2: string | null;
  cue: CountryCue;
  capitalsOnly: boolean;
  /** From a large table: counts only where such a name stands. */
  only: 'town' | 'institution' | null;
}

interface Branch {
  next: Map<string, Branch> | null;
  meanings: Meaning[];
}

export interface Gazetteer {
  root: Branch;
  /** Postal letters of states and provinces: "MA" → US, "ON" → CA, "WA" → US and AU. */
  codes: ReadonlyMap<string, readonly Meaning[]>;
  countries: ReadonlySet<string>;
}

export interface Name {
  meanings: Meaning[];
  /** In words. */
  length: number;
}

type Planted = Pick<Meaning, 'iso2' | 'cue'> & Partial<Pick<Meaning, 'only'>>;

const capitals = /^\p{Lu}{2,4}$/u;

/** All tables in one tree of folded words. */
export function compileGazetteer(tables: CountryTables): Gazetteer {
  const root = leaf();
  for (const { iso2, name } of tables.names) plant(root, name, { iso2, cue: 'name' });
  for (const { iso2, name } of tables.subdivisions) plant(root, name, { iso2, cue: subdivisionCue(iso2) });
  for (const { iso2, name } of tables.cities) plant(root, name, { iso2, cue: 'city' });
  for (const { phrase, iso2, kind } of tables.phrases)
    plant(root, phrase, {
      iso2: iso2 || null,
      cue: kind === 'institution' ? 'institution' : 'city',
      only: kind === 'town' ? 'town' : null,
    });
  for (const { iso2, name } of tables.institutions) plant(root, name, { iso2, cue: 'institution', only: 'institution' });
  for (const { iso2, name } of tables.towns) plant(root, name, { iso2, cue: 'city', only: 'town' });
  return { root, codes: postalLetters(tables), countries: new Set(tables.names.map(({ iso2 }) => iso2)) };
}

/** Whether a name from a large table may stand where it was found, from a word up to another. */
export type Fits = (only: 'town' | 'institution', start: number, end: number) => boolean;

/** The longest name that starts at a word, or null. */
export function longestName({ root }: Gazetteer, { words, fits }: { words: readonly Word[]; fits: Fits }, start: number): Name | null {
  let longest: Name | null = null;
  let branch: Branch | undefined = root;
  for (let at = start; at < words.length; at += 1) {
    const { text, raw } = words[at]!;
    branch = branch.next?.get(text);
    if (branch === undefined) break;
    if (branch.meanings.length === 0) continue;
    const meanings = branch.meanings.filter(
      ({ capitalsOnly, only }) => (!capitalsOnly || capitals.test(raw)) && (only === null || fits(only, start, at + 1)),
    );
    if (meanings.length > 0) longest = { meanings, length: at - start + 1 };
  }
  return longest;
}

function leaf(): Branch {
  return { next: null, meanings: [] };
}

function plant(root: Branch, name: string, { iso2, cue, only = null }: Planted): void {
  let branch = root;
  for (const { text } of splitWords(name)) {
    branch.next ??= new Map<string, Branch>();
    const next = branch.next.get(text) ?? leaf();
    branch.next.set(text, next);
    branch = next;
  }
  const capitalsOnly = capitals.test(name);
  const known = branch.meanings.find((meaning) => meaning.iso2 === iso2);
  if (known === undefined) branch.meanings.push({ iso2, cue, capitalsOnly, only });
  else known.capitalsOnly &&= capitalsOnly;
}

function postalLetters({ subdivisions }: CountryTables): Map<string, Meaning[]> {
  const codes = new Map<string, Meaning[]>();
  for (const { iso2, code } of subdivisions) {
    const known = codes.get(code) ?? [];
    if (code === '' || known.some((meaning) => meaning.iso2 === iso2)) continue;
    codes.set(code, [...known, { iso2, cue: subdivisionCue(iso2), capitalsOnly: true, only: null }]);
  }
  return codes;
}

function subdivisionCue(iso2: string): CountryCue {
  return iso2 === 'US' ? 'us-state' : 'province';
}
