import fc from 'fast-check';
import { compileKeywords, fold, type KeywordRule } from '../../methods/keywords';
import { aiKeywords } from './keyword-list';
import { slowFold, slowMatch } from './keywords-reference';

const ends: KeywordRule['end'][] = ['exact', 'plural', 'prefix', 'substring'];
const numRuns = process.env.ATLAS_LONG_TESTS ? 20_000 : 1_000;

const blanks = [
  '-',
  '\u2010',
  '\u2011',
  '\u2012',
  '\u2013',
  '\u2014',
  '\u2015',
  '\u2212',
  '\u00a0',
  '\u202f',
  '\u2009',
  '  ',
  '/',
  '\t',
  '\n',
  '_',
  '\u3000',
];
const within = ['\u00ad', '\u200b', '\u200d', '\ufeff', '\u0301', '\u0308', '-', '', 'é', 'ß', '\u2060'];
const around = ['s', 'es', 'ic', 'e', 'i', '(', ')', '.', '’s', '\u0441', '深', '2', 'Micro', 'bi', '™', '', ' '];
const looks: ((text: string) => string)[] = [
  (text) => text,
  (text) => text.toUpperCase(),
  (text) => text.replace(/\b\w/g, (letter) => letter.toUpperCase()),
  (text) => text.replaceAll('fi', '\ufb01').replaceAll('ff', '\ufb00'),
  (text) => text.replaceAll('s', '\u017f'),
  (text) => text.replaceAll('a', '\uff41'),
  (text) =>
    text
      .replace(/is(ation|ing)/g, 'iz$1')
      .replace('modelling', 'modeling')
      .replace('neighbour', 'neighbor'),
  (text) => text.normalize('NFD'),
  (text) => text.slice(0, -1),
];

/** A keyword of the list as texts print it, or nearly so. */
const mutated = fc
  .record({
    keyword: fc.constantFrom(...aiKeywords, 'LSTM', 'long short term memory'),
    look: fc.constantFrom(...looks),
    blank: fc.constantFrom(' ', ...blanks),
    inside: fc.option(fc.tuple(fc.nat(30), fc.constantFrom(...within)), { freq: 2 }),
    before: fc.oneof(fc.constant(''), fc.constantFrom(...around)),
    after: fc.oneof(fc.constantFrom('', 's'), fc.constantFrom(...around)),
  })
  .map(({ keyword, look, blank, inside, before, after }) => {
    const printed = look(keyword).replaceAll(' ', blank);
    const [at, what] = inside ?? [0, ''];
    return before + printed.slice(0, at) + what + printed.slice(at) + after;
  });
const words = fc.oneof(
  { weight: 3, arbitrary: mutated },
  { weight: 1, arbitrary: fc.constantFrom('of', 'neural', 'network', 'fuzzy', 'clustering') },
);
const texts = fc.array(
  fc.array(words, { maxLength: 4 }).map((some) => some.join(' ')),
  { maxLength: 3 },
);

test.each(ends)('the automaton and the regular expressions agree (%s)', (end) => {
  const { match } = compileKeywords(aiKeywords, { end, spelling: 'both' });
  let hits = 0;
  fc.assert(
    fc.property(texts, (some) => {
      const found = match(some);
      hits += found.length;
      expect(found).toEqual(slowMatch(aiKeywords, end, some));
    }),
    { numRuns },
  );
  // A generator that never hits would prove nothing.
  expect(hits).toBeGreaterThan(numRuns / 3);
});

test('whatever a stricter end finds, a looser one finds too', () => {
  const matchers = ends.map((end) => compileKeywords(aiKeywords, { end, spelling: 'both' }));
  fc.assert(
    fc.property(texts, (some) => {
      const found = matchers.map(({ match }) => new Set(match(some)));
      for (let at = 1; at < found.length; at++) expect([...found[at - 1]!].filter((keyword) => !found[at]!.has(keyword))).toEqual([]);
    }),
    { numRuns },
  );
});

test('folding agrees with the letter of the rule, and folding twice changes nothing', () => {
  const text = fc.oneof(
    mutated,
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: fc.constantFrom(...within, ...blanks, 'a', 'İ', 'ſ', 'Σ', 'ﬀ', 'Ǆ', '½', '①') }),
  );
  fc.assert(
    fc.property(text, (some) => {
      expect(fold(some)).toBe(slowFold(some));
      expect(fold(fold(some))).toBe(fold(some));
    }),
    { numRuns: numRuns * 2 },
  );
});
