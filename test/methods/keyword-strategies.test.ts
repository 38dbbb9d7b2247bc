import path from 'node:path';
import fc from 'fast-check';
import { readVocabulary } from '../../config/vocabularies';
import { compileKeywords, compileStrategies, ruleVariants, type KeywordStrategies } from '../../methods/keywords';
import { aiKeywords } from './keyword-list';

const root = path.resolve(__dirname, '../..');
const rule = { end: 'plural', spelling: 'both', fold: 'all' } as const;
const paper: KeywordStrategies = {
  list: { entries: aiKeywords, marks: 'none' },
  comparison: readVocabulary('liu-2021', root),
  rule,
};
const numRuns = process.env.ATLAS_LONG_TESTS ? 10_000 : 500;

test('says by which rules a record is found, and whether the other list finds it', () => {
  const { read } = compileStrategies(paper);
  expect(read(['Robotic surgery'])).toEqual({ hits: [], rules: ['end prefix', 'end substring', 'plain script'], comparison: [] });
  expect(read(['A perceptron'])).toEqual({ hits: [], rules: [], comparison: ['Perceptron$'] });
  expect(read(['Nothing here', null])).toBeNull();
  const both = read(['Neural networks', 'by neural networks'])!;
  expect(both.hits).toEqual([
    {
      keyword: 'neural network',
      places: [
        { text: 0, part: 0 },
        { text: 1, part: 0 },
      ],
    },
  ]);
  expect(both.rules).toEqual([
    'end plural',
    'end prefix',
    'end substring',
    'spelling both',
    'spelling british',
    'spelling american',
    'fold all',
    'fold case',
    'plain script',
  ]);
  expect(both.comparison).toEqual(['Neural Net*']);
});

test.each([
  ['case alone keeps dashes and accents apart', 'Deep-learning', { fold: 'case' }, []],
  ['case alone ends at punctuation', 'Use of DEEP LEARNING.', { fold: 'case' }, ['deep learning']],
  ['case alone has the plural', 'robots, and', { fold: 'case' }, ['robot']],
  ['case alone has whole words', 'robotic', { fold: 'case' }, []],
  ['case alone sees letters beyond 16 bits', 'a robot\u{1d400}, \u{1d400}robot', { fold: 'case' }, []],
  ['case alone ends at a picture beyond 16 bits', '\u{1f600}robot\u{1f600}', { fold: 'case' }, ['robot']],
  ['american spelling alone', 'ant colony optimisation', { spelling: 'american' }, ['ant colony']],
  ['a plain script', 'microrobotics', { fold: 'case', end: 'substring', spelling: 'as-printed' }, ['robot']],
] as const)('%s', (_, text, change, found) => expect(compileKeywords(aiKeywords, { ...rule, ...change }).match([text])).toEqual(found));

test('one variant of each key is the study’s own; a list with wildcards has one rule', () => {
  const own = (strategies: KeywordStrategies) => ruleVariants(strategies).flatMap(({ name, own: is }) => (is ? [name] : []));
  expect(own(paper)).toEqual(['end plural', 'spelling both', 'fold all']);
  expect(own({ ...paper, rule: { ...rule, end: 'exact' } })).toEqual(['end exact', 'spelling both', 'fold all']);
  expect(own({ ...paper, list: readVocabulary('liu-2021', root) })).toEqual(['as marked']);
});

const written = fc
  .tuple(
    fc.constantFrom('', 'micro', 'é', '('),
    fc.constantFrom(...aiKeywords),
    fc.constantFrom(' ', '-', '\u2010', '/', '  ', '\u00a0'),
    fc.constantFrom('', 's', 'ic', ')', '.', 'es', '’s', '\u00ad'),
    fc.boolean(),
  )
  .map(([before, keyword, gap, after, upper]) => {
    const text = before + keyword.replaceAll(' ', gap).replace('isation', 'ization') + after;
    return upper ? text.toUpperCase() : text;
  });

test('every rule alone finds what the strategies say of it, and the widest misses none', () => {
  const { read } = compileStrategies(paper);
  const alone = ruleVariants(paper).map((variant) => ({ ...variant, ...compileKeywords(aiKeywords, variant.rule) }));
  let hits = 0;
  fc.assert(
    fc.property(fc.array(written, { minLength: 1, maxLength: 2 }), (some) => {
      const want = alone.filter(({ match }) => match(some).length > 0).map(({ name }) => name);
      hits += want.length;
      expect(read(some)?.rules ?? []).toEqual(want);
    }),
    { numRuns },
  );
  expect(hits).toBeGreaterThan(numRuns);
});
