import fc from 'fast-check';
import { editDistance, nearest } from '../../config/nearest';

test.each([
  ['role', 'role', 0],
  ['rolle', 'role', 1],
  ['roel', 'role', 1],
  ['', 'abc', 3],
  ['kitten', 'sitting', 3],
])('%s → %s takes %i', (from, to, steps) => {
  expect(editDistance(from, to)).toBe(steps);
});

test('the distance is symmetric, and zero for equal words only', () => {
  const word = fc.string({ maxLength: 8 });
  fc.assert(
    fc.property(word, word, (a, b) => {
      expect(editDistance(a, b)).toBe(editDistance(b, a));
      expect(editDistance(a, b) === 0).toBe(a === b);
    }),
  );
});

test('a word like none of them has no nearest', () => {
  expect(nearest('keyword', ['keywords', 'years'])).toBe('keywords');
  expect(nearest('xyzzy', ['keywords', 'years'])).toBeUndefined();
});
