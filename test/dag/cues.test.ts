import fc from 'fast-check';
import { canonicalJson, type Json } from '../../dag/canonical';
import { cueLine, jsonChanges, whyRun, type Candidate } from '../../dag/cues';

const parts = {
  code: { 'sample/a.ts': '1'.repeat(64), pg: '8.23.1' },
  params: { years: { from: 2000 } },
  inputs: { links: 'aa' },
  vintage: null,
};
const current: Candidate = { forced: false, failed: null, outputMissing: false, before: parts, now: parts };

const lines = (changed: Partial<Candidate>): string[] => whyRun({ ...current, ...changed }).map(cueLine);
const now = (changed: Partial<Candidate['now']>): string[] => lines({ now: { ...parts, ...changed } });

test('a step that nothing has happened to has no reason to run', () => {
  expect(lines({})).toEqual([]);
});

test.each<[string, string[], string[]]>([
  ['forced', lines({ forced: true }), ['forced']],
  ['never-ran', lines({ before: null }), ['never ran']],
  ['failed', lines({ failed: 'Expected 2 rows, got 3.' }), ['failed: Expected 2 rows, got 3.']],
  ['output-missing', lines({ outputMissing: true }), ['output missing']],
  ['vintage', now({ vintage: '2024-07' }), ['vintage: none → 2024-07']],
  [
    'code: a file',
    now({ code: { ...parts.code, 'sample/a.ts': '2'.repeat(64) } }),
    ['code: sample/a.ts 111111111111 → sample/a.ts 222222222222'],
  ],
  ['code: a package', now({ code: { ...parts.code, pg: '9.0.0' } }), ['code: pg 8.23.1 → pg 9.0.0']],
  ['code: a file gone', now({ code: { pg: '8.23.1' } }), ['code: sample/a.ts 111111111111 → none']],
  ['code: a file more', now({ code: { ...parts.code, 'b.ts': 'x' } }), ['code: none → b.ts x']],
  ['param', now({ params: { years: { from: 2001 } } }), ['param: years.from 2000 → years.from 2001']],
  ['param: unknown value', now({ params: { years: { from: null } } }), ['param: years.from 2000 → years.from null']],
  ['param gone', now({ params: {} }), ['param: years {"from":2000} → none']],
  ['input', now({ inputs: { links: 'bb' } }), ['input: links aa → links bb']],
  [
    'input, with its rows',
    lines({ before: { ...parts, rows: { links: 7 } }, now: { ...parts, inputs: { links: 'bb' }, rows: { links: 9 } } }),
    ['input: links aa (7 rows) → links bb (9 rows)'],
  ],
  [
    'input, with the rows that moved',
    lines({
      before: { ...parts, rows: { links: 7 } },
      now: { ...parts, inputs: { links: 'bb' }, rows: { links: 9 } },
      moved: { links: { added: 3, removed: 1 } },
    }),
    ['input: links aa (7 rows) → links bb (9 rows: 3 added, 1 removed)'],
  ],
  ['input of unknown rows', now({ inputs: { links: 'bb' }, rows: { links: null } }), ['input: links aa → links bb']],
  ['input to be rebuilt', now({ inputs: { links: null } }), ['input: links aa → links will be rebuilt']],
  ['input that was to be rebuilt', lines({ before: { ...parts, inputs: { links: null } } }), ['input: links to be rebuilt → links aa']],
  ['input more', now({ inputs: { links: 'aa', regions: 'cc' } }), ['input: none → regions cc']],
  ['input gone', now({ inputs: {} }), ['input: links aa → none']],
])('%s, from the old value to the new one', (_cue, got, expected) => {
  expect(got).toEqual(expected);
});

test('all that applies is told, in the order of the ladder', () => {
  const changed = { code: { pg: '9' }, params: null, inputs: { links: 'bb' }, vintage: 'v' };
  const all = whyRun({ forced: true, failed: 'x', outputMissing: true, before: parts, now: changed });
  expect(all.map(({ cue }) => cue)).toEqual(['forced', 'failed', 'code', 'code', 'param', 'input', 'vintage', 'output-missing']);
});

test('a keyword more, one less and another order are told as such', () => {
  const change = (before: Json, after: Json) => jsonChanges({ keywords: before }, { keywords: after }, '');
  expect(change(['a', 'b'], ['a', 'b', 'c'])).toEqual([['keywords', null, '"c"']]);
  expect(change(['a', 'b'], ['b', 'c'])).toEqual([
    ['keywords', '"a"', null],
    ['keywords', null, '"c"'],
  ]);
  expect(change(['a', 'b'], ['b', 'a'])).toEqual([['keywords', 'another order', 'this order']]);
});

test('long values are cut for the line', () => {
  const [line] = now({ params: { years: 'y'.repeat(500) } });
  expect(line!.length).toBeLessThan(200);
});

test('two parameters differ at some path exactly when they are not equal', () => {
  const value = fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json>;
  fc.assert(
    fc.property(value, value, (a, b) => {
      expect(jsonChanges(a, b, 'params').length > 0).toBe(canonicalJson(a) !== canonicalJson(b));
      expect(jsonChanges(a, a, 'params')).toEqual([]);
    }),
  );
});

test('a parameter may have any name', () => {
  expect(jsonChanges({}, { constructor: 1 } as unknown as Json, '')).toEqual([['constructor', null, '1']]);
  expect(now({ inputs: { links: 'aa', toString: 'x' } as Record<string, string> })).toEqual(['input: none → toString x']);
});
