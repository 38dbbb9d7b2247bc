import path from 'node:path';
import { projectRoot } from '../../config/project-root';
import { readConcepts, readCountries, readPublishedClaims, readPublishedNumbers } from '../../config/tables';
import { readVocabulary } from '../../config/vocabularies';
import { folderWith } from './study-folder';

const table = (name: string) => path.join(projectRoot(), 'config', 'tables', name);

test('countries: 248 M49 areas, Taiwan and Kosovo, in the six regions of the paper', () => {
  const countries = readCountries(table('un-m49-countries.csv'));
  const count = (region: string | null) => countries.filter((country) => country.region === region).length;
  const regions = ['Africa', 'Asia', 'Europe', 'Latin America and the Caribbean', 'Northern America', 'Oceania'];
  expect(regions.map(count)).toEqual([60, 51, 52, 52, 5, 29]);
  expect(countries.filter(({ region }) => region === null).map(({ iso2 }) => iso2)).toEqual(['AQ']);
  expect(countries.find(({ iso2 }) => iso2 === 'HK')?.name).toBe('China, Hong Kong Special Administrative Region');
  expect(countries.find(({ iso2 }) => iso2 === 'XK')?.m49).toBeNull();
});

test('concepts: 19 of level 0 and 284 of level 1, each with known parents', () => {
  const concepts = readConcepts(table('openalex-concepts-l0-l1.csv'));
  const roots = concepts.filter(({ level }) => level === 0).map(({ name }) => name);
  expect([roots.length, concepts.length - roots.length]).toEqual([19, 284]);
  expect(concepts.flatMap(({ parents }) => parents).filter((parent) => !roots.includes(parent))).toEqual([]);
  expect(concepts.find(({ name }) => name === 'Accounting')?.parents).toEqual(['Business', 'Economics']);
});

test('published numbers: empty cells are null, never zero', () => {
  const numbers = readPublishedNumbers(table('published-numbers.csv'));
  const byId = new Map(numbers.map((number) => [number.id, number]));
  expect(byId.get('sample.final')).toMatchObject({ value: 397_967, low: null, tol: 0, op: 'eq', class: 'identity' });
  expect(byId.get('irr.scientific.Africa')).toMatchObject({ value: 10, low: 6, high: 15 });
  expect(byId.get('irr.scientific_fe.Europe')).toMatchObject({ value: null, tol: null, op: 'ns' });
  expect(byId.get('irr.scientific.Latin America')?.value).toBe(0);
});

test('published claims', () => {
  expect(readPublishedClaims(table('published-claims.csv')).map(({ id }) => id)).toContain('irr.order_7A');
});

test("the vocabularies: the keyword table and the plain list agree; Liu's has wildcards", () => {
  const root = projectRoot();
  const plain = readVocabulary(path.join(root, 'config', 'vocabularies', 'ai-keywords.txt'), root);
  const list = readVocabulary('baruffaldi-2020', root);
  expect([...list.entries].sort()).toEqual([...plain.entries].sort());
  expect(list.uncertain).toHaveLength(9);
  expect(readVocabulary('liu-2021', root).entries).toHaveLength(122);
});

const HEAD = 'iso2,iso3,m49,name,subregion,region,source\n';

test.each([
  ['a wrong cell', `${HEAD}AD,AND,20,Andorra,,Europe,M49\n`, 'Expected three digits or nothing in column m49, got "20" (', ':2)'],
  ['an id given twice', `${HEAD}AD,AND,020,A,,,M49\n\nAD,AND,020,A,,,M49\n`, 'got AD again (', ':4, first on line 2)'],
  ['a column too many', 'iso2,iso3,m49,name,subregion,region,source,x\nAD,AND,020,A,,,M49,1\n', 'got x (', ':2)'],
  ['a column too few', 'iso2,iso3,m49,name,subregion,region\nAD,AND,020,A,,\n', 'in column source, got no such column (', ':2)'],
  ['a row too short', `${HEAD}AD,AND\n`, 'Expected a CSV table with a header line, got: ', 'line 2'],
  ['an open quote', `${HEAD}AD,"AND\n`, 'Expected a CSV table', 'Quote Not Closed'],
])('%s is refused with its line', (_, text, says, where) => {
  const file = path.join(folderWith({ 'table.csv': text }), 'table.csv');
  expect(() => readCountries(file)).toThrow(says);
  expect(() => readCountries(file)).toThrow(where);
  expect(() => readCountries(file)).toThrow(expect.objectContaining({ exitCode: 2 }));
});

test('all lines at fault are listed', () => {
  const file = path.join(folderWith({ 'table.csv': 'id,where,claim\n,a,b\nc,,\n' }), 'table.csv');
  expect(() => readPublishedClaims(file)).toThrow(/:2\)[^]*:3\)/);
});

test('a table that is not there is refused', () => {
  expect(() => readCountries('/nowhere/at/all.csv')).toThrow('got: no such file');
});
