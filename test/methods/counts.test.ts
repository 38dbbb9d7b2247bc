import { cagr, shares, wilsonInterval } from '../../methods/counts';
import { invertedIndexToText } from '../../methods/inverted-index';

test('growth a year', () => {
  expect(cagr(100, 121, 2)).toBeCloseTo(0.1, 12);
  expect(cagr(0, 5, 2)).toBeNull();
  expect(cagr(5, 10, 0)).toBeNull();
});

test('shares of a sum', () => {
  expect(shares([1, 3])).toEqual([0.25, 0.75]);
  expect(shares([0, 0])).toEqual([null, null]);
});

test("Wilson's interval of the paper's audits: 135 of 150 and 297 of 300", () => {
  const [precision, country] = [wilsonInterval(135, 150), wilsonInterval(297, 300)];
  expect([precision.low, precision.high].map((share) => Math.round(share * 100))).toEqual([84, 94]);
  expect([country.low, country.high].map((share) => Math.round(share * 100))).toEqual([97, 100]);
  expect(wilsonInterval(0, 0)).toEqual({ low: 0, high: 1 });
  expect(() => wilsonInterval(3, 2)).toThrow('Expected successes from 0 to n, got 3 of 2');
});

test('an inverted index becomes text again', () => {
  expect(invertedIndexToText({ robots: [2], see: [1], We: [0], '<jats:p>and': [3], 'p<0.05</jats:p>': [5] })).toBe(
    'We see robots and p<0.05',
  );
  expect(invertedIndexToText({})).toBe('');
});
