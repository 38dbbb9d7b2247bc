import { digamma, lgamma, trigamma } from '../../methods/models/special/gamma';
import { addDispersion, curvature, curvatureSlope } from '../../methods/models/special/dispersion';
import { chiSquareOneUpper, erfc, twoSided, Z_95 } from '../../methods/models/special/normal';
import { gammaRise } from '../../methods/models/conditional';
import { dependence } from '../../methods/models/linear/dependent';
import { factor, inverse, solve } from '../../methods/models/linear/cholesky';

const close = (value: number, expected: number, tolerance = 1e-14): void =>
  expect(Math.abs(value - expected)).toBeLessThanOrEqual(tolerance * Math.max(1, Math.abs(expected)));

test('gamma functions at known points', () => {
  close(lgamma(0.5), 0.5 * Math.log(Math.PI));
  close(lgamma(1), 0);
  close(lgamma(2), 0);
  close(lgamma(171), 706.5730622457874);
  close(lgamma(1e-10), 23.02585092988273);
  close(lgamma(1e9), 1.972326582750371e10);
  close(digamma(1), -0.5772156649015329);
  close(digamma(0.5), -1.9635100260214235);
  close(digamma(100), 4.600161852738087);
  close(trigamma(1), Math.PI ** 2 / 6);
  close(trigamma(0.5), Math.PI ** 2 / 2);
  close(trigamma(100), 0.010050166663333571, 1e-15);
  expect(lgamma(0)).toBeNaN();
  expect(digamma(-1)).toBeNaN();
});

test('gamma functions obey their recurrences over twenty orders of magnitude', () => {
  for (let x = 1e-8; x < 1e12; x *= 3.7) {
    close(lgamma(x + 1) - lgamma(x), Math.log(x), 2e-14 * Math.max(1, Math.abs(lgamma(x))));
    close(digamma(x + 1) - digamma(x), 1 / x, 1e-14);
    close(trigamma(x) - trigamma(x + 1), 1 / x ** 2, 1e-14);
  }
});

test('normal tails keep their relative precision', () => {
  expect(twoSided(Z_95)).toBeCloseTo(0.05, 15);
  expect(Math.abs(erfc(5) / 1.5374597944280349e-12 - 1)).toBeLessThan(1e-13);
  expect(Math.abs(erfc(20) / 5.395865611607901e-176 - 1)).toBeLessThan(1e-12);
  expect(erfc(-1)).toBeCloseTo(1.842700792949715, 14);
  expect(chiSquareOneUpper(0)).toBe(1);
  expect(chiSquareOneUpper(3.841458820694124)).toBeCloseTo(0.05, 14);
  expect(chiSquareOneUpper(1_000)).toBeGreaterThan(0);
});

test('f and its slope where the formula as written has no digits left', () => {
  expect(curvature(0, 0)).toBe(0.5);
  expect(curvatureSlope(0, 0)).toBeCloseTo(-2 / 3, 15);
  const [below, above] = [0.02 - 1e-15, 0.02];
  close(curvature(below, Math.log1p(below)), curvature(above, Math.log1p(above)), 1e-12);
  close(curvatureSlope(below, Math.log1p(below)), curvatureSlope(above, Math.log1p(above)), 1e-9);
});

test.each([1e-9, 1e-4, 0.01, 0.7, 40])('long runs of outcomes equal their sums term by term, alpha %d', (alpha) => {
  const [whole, parts] = [
    { log: 0, slope: 0, square: 0 },
    { log: 0, slope: 0, square: 0 },
  ];
  addDispersion(whole, alpha, { from: 37, to: 60_037, times: 3 });
  for (let from = 37; from < 60_037; from += 200) addDispersion(parts, alpha, { from, to: from + 200, times: 3 });
  close(whole.log, parts.log, 1e-11);
  close(whole.slope, parts.slope, 1e-11);
  close(whole.square, parts.square, 1e-9);
});

test('the rise of ln Γ: short sums and gamma functions agree', () => {
  for (const x of [0.01, 0.9, 7, 1_234.5]) {
    const [ten, more, all] = [gammaRise(x, 20), gammaRise(x + 20, 20), gammaRise(x, 40)];
    close(ten.log + more.log, all.log, 1e-12);
    close(ten.slope + more.slope, all.slope, 1e-12);
    close(ten.square + more.square, all.square, 1e-12);
  }
});

test('Cholesky solves, inverts, and refuses what is not positive definite', () => {
  const matrix = Float64Array.of(4, 2, 0.6, 2, 5, 1, 0.6, 1, 9e8);
  const factored = factor(matrix, 3)!;
  const x = solve(factored, Float64Array.of(1, 2, 3));
  for (let i = 0; i < 3; i++) close(matrix[i * 3]! * x[0]! + matrix[i * 3 + 1]! * x[1]! + matrix[i * 3 + 2]! * x[2]!, i + 1);
  close(inverse(factored)[1]!, inverse(factored)[3]!);
  expect(factor(Float64Array.of(1, 1, 1, 1), 2)).toBeNull();
  expect(factor(Float64Array.of(1, 0, 0, -1), 2)).toBeNull();
  expect(factor(Float64Array.of(NaN), 1)).toBeNull();
});

test('of a collinear set the first columns stay', () => {
  const gram = Float64Array.of(2, 1, 1, 1, 1, 0, 1, 0, 1);
  const { kept, dependent, nullSpace } = dependence(gram, Float64Array.of(2, 1, 1), 1e-9);
  expect([kept, dependent]).toEqual([[0, 1], [2]]);
  [-1, 1, 1].forEach((value, k) => close(nullSpace[0]![k]!, value));
});
