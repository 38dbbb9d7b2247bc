import fc from 'fast-check';
import { canonicalJson } from '../../dag/canonical';

/** The same value with the keys of every object in another order. */
function shuffled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shuffled);
  if (typeof value !== 'object' || value === null) return value;
  const made: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value).reverse())
    Object.defineProperty(made, key, { value: shuffled(item), enumerable: true, configurable: true, writable: true });
  return made;
}

test('the order of keys does not matter', () => {
  fc.assert(fc.property(fc.jsonValue(), (value) => canonicalJson(value) === canonicalJson(shuffled(value))));
  expect(canonicalJson({ b: 1, a: [{ d: null, c: 'é' }] })).toBe('{"a":[{"c":"é","d":null}],"b":1}');
});

test('it is JSON that reads back as the same value', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

test('two values have one text only when they are equal', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 2 }), fc.jsonValue({ maxDepth: 2 }), (a, b) => {
      const equal = JSON.stringify(shuffled(JSON.parse(canonicalJson(a)))) === JSON.stringify(shuffled(JSON.parse(canonicalJson(b))));
      expect(canonicalJson(a) === canonicalJson(b)).toBe(equal);
    }),
  );
});

test('minus zero is zero', () => {
  expect(canonicalJson([-0])).toBe('[0]');
});

class Point {
  constructor(readonly x: number) {}
}

test.each<[string, unknown, string]>([
  ['undefined', { a: [1, undefined] }, '$.a[1], got undefined'],
  ['a hole', { a: Array.from({ length: 2 }) }, '$.a[0], got undefined'],
  ['a hole within a list', [1, , 2], '$[1], got undefined'],
  ['a function', { run: () => 1 }, '$.run, got function'],
  ['a date', [new Date(0)], '$[0], got Date'],
  ['a map', new Map([['a', 1]]), '$, got Map'],
  ['a big integer', { n: 1n }, '$.n, got bigint'],
  ['an instance of a class', { at: { point: new Point(1) } }, '$.at.point, got Point'],
  ['not a number', { share: Number.NaN }, '$.share, got NaN'],
  ['infinity', [[Number.POSITIVE_INFINITY]], '$[0][0], got Infinity'],
])('%s is refused with the place where it stands', (_name, value, message) => {
  expect(() => canonicalJson(value)).toThrow(TypeError);
  expect(() => canonicalJson(value)).toThrow(message);
});
