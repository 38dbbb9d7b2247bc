import { readAbstract } from '../../clients/openalex/abstract';
import { readWork } from '../../clients/openalex/records';
import { readRows } from '../../clients/openalex/rows';

const id = 'https://openalex.org/W1';
const authors = (count: number) => Array.from({ length: count }, () => ({ author_position: 'middle' }));

test('a work with nothing but its id', () => {
  expect(readWork({ id })).toMatchObject({
    id: 'W1',
    doi: null,
    pmid: null,
    title: null,
    source: null,
    authorships: [],
    concepts: [],
    abstractInvertedIndex: null,
  });
});

test('a work whose every field is null is the same', () => {
  const names = [
    'doi',
    'ids',
    'title',
    'publication_year',
    'primary_location',
    'authorships',
    'concepts',
    'topics',
    'primary_topic',
    'is_retracted',
    'referenced_works',
  ];
  expect(readWork({ id, ...Object.fromEntries(names.map((name) => [name, null])) })).toEqual(readWork({ id }));
});

test('a hundred authors in a list mean that it was cut', () => {
  expect(readWork({ id, authorships: authors(99) }).truncatedAuthors).toBe(false);
  expect(readWork({ id, authorships: authors(100) }).truncatedAuthors).toBe(true);
  expect(readWork({ id, authorships: authors(150) }, 'single').truncatedAuthors).toBe(false);
  expect(readWork({ id, authorships: authors(3), is_authors_truncated: true }).truncatedAuthors).toBe(true);
});

test.each([
  [{ raw_affiliation_strings: ['a'], raw_affiliation_string: 'b' }, ['a']],
  [{ raw_affiliation_strings: [], affiliations: [{ raw_affiliation_string: 'c' }] }, ['c']],
  [{ raw_affiliation_string: 'b' }, ['b']],
  [{ raw_affiliation_string: '' }, []],
])('affiliations of %j', (authorship, texts) => {
  expect(readWork({ id, authorships: [authorship] }).authorships[0]?.rawAffiliations).toEqual(texts);
});

test('a row of another shape is kept apart with its reason', () => {
  const { rows, refused } = readRows([{ id }, { id, publication_year: 'MMXX' }, null, { id: 'https://openalex.org/A5' }], (row) =>
    readWork(row),
  );
  expect(rows).toHaveLength(1);
  expect(refused.map((row) => [row.id, row.reason.split(':')[0]])).toEqual([
    [id, 'publication_year'],
    [null, ''],
    ['https://openalex.org/A5', 'id'],
  ]);
});

test('an abstract is put together by position, without tags', () => {
  const index: unknown = JSON.parse('{"<p>Deep":[0],"learning":[1,4],"__proto__":[2],"beats</p>":[3],"constructor":[5]}');
  const { abstractInvertedIndex } = readWork({ id, abstract_inverted_index: index });
  expect(readAbstract(abstractInvertedIndex)).toBe('Deep learning __proto__ beats learning constructor');
  expect(readAbstract(null)).toBeNull();
  expect(readAbstract({})).toBeNull();
});

test('a less-than sign is not a tag', () =>
  expect(readAbstract({ p: [0], '<': [1], '0.05': [2], and: [3], 'x<3': [4] })).toBe('p < 0.05 and x<3'));
