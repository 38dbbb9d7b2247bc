import path from 'node:path';
import fc from 'fast-check';
import { readVocabulary } from '../../config/vocabularies';
import { compileKeywords, fold } from '../../methods/keywords';
import { findsInBytes } from './in-bytes';

const rule = { end: 'plural', spelling: 'both', marks: 'wos' } as const;
const finds = (entry: string, ...texts: string[]) => compileKeywords([entry], rule).match(texts).length === 1;
const liu = readVocabulary('liu-2021', path.resolve(__dirname, '../..')).entries;
const numRuns = process.env.ATLAS_LONG_TESTS ? 20_000 : 1_500;

test.each([
  ['Neural Net*', 'deep neural networks', true],
  ['Neural Net*', 'a neural net', true],
  ['Neural Net*', 'neural-net', true],
  ['Neural Net*', 'neural and net', false],
  ['Machine* Learning', 'machine-learning', true],
  ['Machine* Learning', 'machines learning', true],
  ['Machine* Learning', 'machine learnings', false],
  ['Machine* Learning', 'machine based learning', false],
  ['Expert System$', 'expert systems', true],
  ['Expert System$', 'an expert system', true],
  ['Expert System$', 'expert systemic', false],
  ['Manifold Regulari?ation', 'manifold regularisation', true],
  ['Manifold Regulari?ation', 'manifold regularization', true],
  ['Manifold Regulari?ation', 'manifold regulariation', false],
  ['Deep Learning', 'deep learning', true],
  ['Deep Learning', 'deep learnings', false],
  ['Multi* task Learning', 'Multi-task learning', true],
  ['Multi* task Learning', 'multitask learning', false],
  ['Naive bayes* Classifi*', 'naïve Bayesian classification', true],
  ['Probabl* Approximate* Correct Learning', 'probably approximately correct learning', true],
  ['Q learning', 'Q-learning', true],
  ['*net', 'a subnet of', true],
  ['c?t', 'a cat', true],
  ['c?t', 'a coat', false],
])('%s in %s: %s', (entry, text, hit) => expect(finds(entry, text)).toBe(hit));

test('NOT rules a record out wherever the phrase stands', () => {
  expect(finds('Pcnn$ NOT Pcnnt', 'A PCNN of pulses')).toBe(true);
  expect(finds('Pcnn$ NOT Pcnnt', 'The PCNNs')).toBe(true);
  expect(finds('Pcnn$ NOT Pcnnt', 'The PCNNT')).toBe(false);
  expect(finds('Pcnn$ NOT Pcnnt', 'A PCNN', 'of PCNNT')).toBe(false);
  expect(compileKeywords(['Pcnn$ NOT Pcnnt', 'Deep Learning'], rule).match(['Deep learning by PCNNT'])).toEqual(['Deep Learning']);
});

test('an entry of marks alone is refused', () => {
  expect(() => compileKeywords(['*'], rule)).toThrow('Expected a keyword with a letter or digit, got "*"');
});

/** The letter of the rule, word by word, without needles, automata or regular expressions over phrases. */
function slowly(entry: string, texts: readonly string[]): boolean {
  const [wanted, ...unwanted] = entry.split(' NOT ');
  const stands = (phrase: string): boolean => {
    const words = phrase.toLowerCase().split(/[ -]/);
    return texts.some((text) => {
      const there = fold(text).split(' ');
      return there.some((_, at) => words.every((word, index) => fits(word, there[at + index] ?? '')));
    });
  };
  return stands(wanted!) && !unwanted.some(stands);
}

function fits(pattern: string, word: string): boolean {
  if (pattern === '') return word === '';
  const [mark] = pattern;
  const rest = pattern.slice(1);
  if (mark === '*') return fits(rest, word) || (word !== '' && fits(pattern, word.slice(1)));
  if (mark === '$') return fits(rest, word) || (word !== '' && fits(rest, word.slice(1)));
  if (word === '') return false;
  return (mark === '?' || mark === word[0]) && fits(rest, word.slice(1));
}

const filled = fc
  .tuple(fc.constantFrom(...liu), fc.array(fc.constantFrom('', 's', 'ed', 'work', 'ing', 'z', ' x', '-'), { minLength: 3, maxLength: 3 }))
  .map(([entry, fills]) => entry.replace(/ NOT .*/, '').replace(/[*?$]/g, () => fills.pop() ?? ''));
const texts = fc.array(
  fc
    .array(fc.oneof({ weight: 4, arbitrary: filled }, fc.constantFrom('of', 'learning', 'Pcnnt', 'multi', 'net', 'a', 'machine')), {
      maxLength: 4,
    })
    .map((words) => words.join(' ')),
  { maxLength: 3 },
);

test('the query of Liu et al. and the letter of the rule agree', () => {
  const { match } = compileKeywords(liu, rule);
  let hits = 0;
  fc.assert(
    fc.property(texts, (some) => {
      const found = match(some);
      hits += found.length;
      expect(found).toEqual(liu.filter((entry) => slowly(entry, some)));
    }),
    { numRuns },
  );
  expect(hits).toBeGreaterThan(numRuns / 2);
});

test('what matches in a text is found in its bytes, and most of what does not is passed over there', () => {
  const { match, bytes } = compileKeywords(liu, rule);
  const matcher = bytes();
  const count = { matching: 0, found: 0 };
  fc.assert(
    fc.property(texts, ([some = '']) => {
      const [matches, found] = [match([some]).length > 0, findsInBytes(matcher, some)];
      if (matches) expect(found).toBe(true);
      count.matching += Number(matches);
      count.found += Number(found);
    }),
    { numRuns },
  );
  expect(count.matching).toBeGreaterThan(numRuns / 4);
  // "Pcnn" beside "Pcnnt", and where a text ends within a phrase.
  expect(count.found).toBeLessThan(count.matching * 1.1);
});

test.each([
  ['Support vector machines', true],
  ['SUPPORTED\u2010vectors, machine', true],
  ['support <i>vector</i> machine', true],
  ['support&#32;vector machine', true],
  ['support of vectors', false],
  ['supported by it', false],
  ['support vectors. Machine', true],
  ['vector machine', false],
])('in bytes, "%s": %s', (text, finds) =>
  expect(findsInBytes(compileKeywords(['Support* Vector* Machine*'], rule).bytes(), text)).toBe(finds),
);
