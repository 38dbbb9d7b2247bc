import fc from 'fast-check';
import { cohensKappa } from '../../methods/agreement';
import { correctedCounts, precisionOf, settle } from '../../methods/precision';
import { stratifiedDraw } from '../../methods/stratified-draw';

/** Ratings of two raters from their table of counts. */
function pairsOf(counts: readonly (readonly number[])[]): [string, string][] {
  return counts.flatMap((row, a) => row.flatMap((count, b) => Array.from({ length: count }, (): [string, string] => [`${a}`, `${b}`])));
}

// Kappa and its standard error as statsmodels 0.15.0 computes them (stats.inter_rater.cohens_kappa: kappa, std_kappa).
test.each([
  [
    [
      [20, 5],
      [10, 15],
    ],
    0.3999999999999999,
    0.12699606293110033,
  ],
  [
    [
      [45, 15],
      [25, 15],
    ],
    0.13043478260869554,
    0.0986615376234396,
  ],
  [
    [
      [106, 10, 4],
      [22, 28, 10],
      [2, 12, 6],
    ],
    0.4285714285714285,
    0.05371100486916735,
  ],
  [
    [
      [0, 5],
      [5, 0],
    ],
    -1,
    0,
  ],
])("Cohen's kappa of %j", (counts, kappa, se) => {
  const found = cohensKappa(pairsOf(counts));
  expect(found.kappa).toBeCloseTo(kappa, 12);
  expect(found.se).toBeCloseTo(se, 12);
});

test('kappa has no value without rows, or where chance explains all', () => {
  expect(cohensKappa([])).toMatchObject({ n: 0, kappa: null });
  expect(cohensKappa(pairsOf([[9]]))).toMatchObject({ n: 9, agreed: 9, kappa: null, se: null });
  expect(cohensKappa([['yes', 'no']])).toMatchObject({ n: 1, agreed: 0, kappa: 0 });
});

test('a row is settled when all raters say the same', () => {
  expect(settle([true, true])).toBe(true);
  expect(settle([false])).toBe(false);
  expect(settle([true, false])).toBe('differ');
  expect(settle([true, null])).toBe('undecided');
  expect(settle([null, undefined])).toBe('unfilled');
});

test('a count is corrected by the precision of its region, and unknown where none is', () => {
  // Wilson's interval of 9 of 10 as statsmodels 0.15.0 computes it (stats.proportion.proportion_confint).
  const asia = precisionOf([false, ...Array.from({ length: 9 }, () => true)]);
  expect([asia.low, asia.high]).toEqual([expect.closeTo(0.5958499732047614, 12), expect.closeTo(0.982123786904927, 12)]);
  const byRegion = new Map([
    ['Asia', asia],
    ['Africa', precisionOf([])],
  ]);
  const counts = ['Asia', 'Africa', null].map((region) => ({ country: 'X', region, articles: 200 }));
  const [known, unrated, nowhere] = correctedCounts(counts, byRegion);
  expect(known!.corrected).toBeCloseTo(180, 9);
  expect(known!.low).toBeCloseTo(119.169994640952, 9);
  expect([unrated!.corrected, nowhere!.corrected]).toEqual([null, null]);
});

const population = (sizes: readonly number[]): { id: string; strata: string[] }[] =>
  sizes.flatMap((size, stratum) => Array.from({ length: size }, (_, row) => ({ id: `${stratum}-${row}`, strata: [`s${stratum}`] })));

test('each stratum gets its share to less than one row, each row at most once', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 8 }), fc.nat(), fc.string(), (sizes, wish, seed) => {
      const rows = population(sizes);
      const n = 1 + (wish % rows.length);
      const drawn = stratifiedDraw(rows, n, seed);
      expect(new Set(drawn.map(({ id }) => id)).size).toBe(n);
      sizes.forEach((size, stratum) => {
        const got = drawn.filter(({ strata }) => strata[0] === `s${stratum}`).length;
        expect(Math.abs(got - (n * size) / rows.length)).toBeLessThan(1 + 1e-9);
      });
    }),
  );
});

test('a draw depends on ids and seed, not on the order of the rows', () => {
  const rows = population([40, 7, 3]);
  const ids = (seed: string, of = rows): string[] => stratifiedDraw(of, 10, seed).map(({ id }) => id);
  expect(ids('a', [...rows].reverse())).toEqual(ids('a'));
  expect(ids('b')).not.toEqual(ids('a'));
});

test('every row is drawn about equally often', () => {
  const drawn = new Map<string, number>();
  for (let seed = 0; seed < 2_000; seed++)
    for (const { id } of stratifiedDraw(population([12, 5, 3]), 5, String(seed))) drawn.set(id, (drawn.get(id) ?? 0) + 1);
  // 500 expected a row; five standard deviations are 97.
  expect(drawn.size).toBe(20);
  for (const times of drawn.values()) expect(Math.abs(times - 500)).toBeLessThan(97);
});

test.each([0, 11, 1.5])('a sample of %d of ten rows is refused', (n) => {
  expect(() => stratifiedDraw(population([10]), n, 's')).toThrow(`Expected a sample of 1 to 10 rows, got ${n}`);
});
