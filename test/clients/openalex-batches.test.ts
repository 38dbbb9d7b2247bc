import fc from 'fast-check';
import { cutByContent } from '../../clients/openalex/batches';
import { FILTER_URL_BYTES } from '../../clients/openalex/list';
import { worksByDois } from '../../clients/openalex/lookup';
import { errorOf, fetcherOn } from './http-bench';

const ids = (count: number) => Array.from({ length: count }, (_, index) => String(30_000_000 + index * 7919));
/** PMIDs of equal length, as in practice; few enough that neighbours collide. */
const pmid = fc.integer({ min: 10_000_000, max: 10_000_999 }).map(String);
const rules = fc.record({ modulus: fc.constantFrom(4, 64, 100_000), max: fc.integer({ min: 1, max: 12 }) });
const texts = (batches: string[][]) => new Set(batches.map((batch) => batch.join()));

test('one id more changes at most two batches', () => {
  fc.assert(
    fc.property(fc.uniqueArray(pmid, { maxLength: 120 }), pmid, rules, (some, more, rule) => {
      const before = texts(cutByContent(some, rule));
      const changed = [...texts(cutByContent([...some, more], rule))].filter((batch) => !before.has(batch));
      expect(changed.length).toBeLessThanOrEqual(2);
    }),
    { numRuns: 2000 },
  );
});

test('every id is in one batch, in order, and no batch is too long', () => {
  fc.assert(
    fc.property(fc.array(pmid), rules, (some, rule) => {
      const batches = cutByContent(some, rule);
      expect(batches.flat()).toEqual([...new Set(some)].sort());
      expect(batches.every(({ length }) => length > 0 && length <= rule.max)).toBe(true);
    }),
  );
});

test('the order of the ids does not matter', () => {
  fc.assert(fc.property(fc.array(pmid), (some) => expect(cutByContent([...some].reverse())).toEqual(cutByContent(some))));
});

test('batches of DOIs fit the address', async () => {
  const dois = ids(500).map((id) => `10.1002/(sici)${id.repeat(Number(id) % 5)}`);
  const batches = cutByContent(dois, { modulus: 100_000, maxUrlBytes: FILTER_URL_BYTES });
  const lengths = batches.map((batch) => new URLSearchParams([['', batch.join('|')]]).toString().length - 1);
  expect(Math.max(...lengths)).toBeLessThanOrEqual(FILTER_URL_BYTES);
  const bench = fetcherOn('http://127.0.0.1:1');
  const longest = batches[lengths.indexOf(Math.max(...lengths))] ?? [];
  expect(longest.length).toBeGreaterThan(20);
  expect(await errorOf(worksByDois(bench, longest))).toMatchObject({ type: 'Unreachable' });
});

test('an id that alone is too long stands alone', () => {
  expect(cutByContent(['a'.repeat(50), 'b', 'c'], { maxUrlBytes: 10 })).toContainEqual(['a'.repeat(50)]);
});

// If this fails, every archived request over a list of ids is about to be sent again.
test('batches of 20,000 fixed ids', () => {
  const batches = cutByContent(ids(20_000));
  expect([batches.length, batches[0]?.at(-1), batches[100]?.at(-1)]).toEqual([465, '100772103', '134023984']);
});
