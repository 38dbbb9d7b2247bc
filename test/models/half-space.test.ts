import fc from 'fast-check';
import { findHalfSpace } from '../../methods/models/linear/half-space';

const integer = fc.integer({ min: -3, max: 3 });
const planar = fc.array(fc.tuple(integer, integer), { minLength: 1, maxLength: 7 });

/** In the plane the candidates are the rows and the normals of the rows: all others can be turned until one is met. */
function existsInPlane(rows: readonly (readonly [number, number])[]): boolean {
  const candidates = rows.flatMap(([x, y]) => [
    [x, y],
    [-y, x],
    [y, -x],
  ]);
  return candidates.some(([a, b]) => {
    const products = rows.map(([x, y]) => a! * x + b! * y);
    return products.every((value) => value >= 0) && products.some((value) => value > 0);
  });
}

test('finds a half space exactly where there is one', () => {
  fc.assert(
    fc.property(planar, (rows) => {
      const found = findHalfSpace({ count: rows.length, width: 2, values: Float64Array.from(rows.flat()) });
      expect(found.decided).toBe(true);
      expect(found.positive?.includes(true) ?? false).toBe(existsInPlane(rows));
    }),
    { numRuns: process.env.ATLAS_LONG_TESTS ? 20_000 : 1_000 },
  );
});

test('what it marks is positive in a direction that all others allow', () => {
  const rows = [1, 0, 0, 0, 1, 0, -1, 1, 0, 0, 0, 1, 0, 0, -1];
  expect(findHalfSpace({ count: 5, width: 3, values: Float64Array.from(rows) })).toEqual({
    decided: true,
    positive: [true, true, true, false, false],
  });
});
