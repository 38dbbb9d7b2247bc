import { compileKeywords, fold, type KeywordRule } from '../../methods/keywords';
import { aiKeywords } from './keyword-list';

const matcher = (keywords: string[], rule: Partial<KeywordRule> = {}) =>
  compileKeywords(keywords, { end: 'plural', spelling: 'both', ...rule });
const matches = (keyword: string, text: string, rule: Partial<KeywordRule> = {}) => matcher([keyword], rule).match([text]).length === 1;

describe('fold', () => {
  test.each([
    ['  Deep\u2010Learning\u00a0\u2013 (AI) ', 'deep learning ai'],
    ['na\u00efve Ba\u0301yes', 'naive bayes'],
    ['neu\u00adral net\u200bwork\ufeffs', 'neural networks'],
    ['classi\ufb01cation \uff32obot', 'classification robot'],
    ['Stra\u00dfe STRASSE \u1e9e', 'strasse strasse ss'],
    ['\u039f\u03b4\u03cc\u03c2 \u039f\u0394\u039f\u03a3', 'οδοσ οδοσ'],
    ['нейронная сеть, 深層学習', 'неиронная сеть 深層学習'],
    ['a_b/c+d\nH\u2082O x\u00b2', 'a b c d h2o x2'],
    ['\u2014 \u00a9 \ud800', ''],
  ])('%j', (text, folded) => {
    expect(fold(text)).toBe(folded);
    expect(fold(folded)).toBe(folded);
  });
});

describe('texts are separate', () => {
  const { match } = matcher(['neural network']);
  test.each([
    [['A neural', 'network'], 0],
    [['A neural\nnetwork'], 0],
    [['A neural\r\nnetwork'], 0],
    [['A neural\tnetwork'], 1],
    [[null, 'Neural network'], 1],
    [[null], 0],
    [[], 0],
  ])('%j', (texts, hits) => expect(match(texts)).toHaveLength(hits));
});

describe('the end of a keyword', () => {
  test.each([
    ['robot', 'A robot.', 'exact plural prefix substring'],
    ['robot', 'Robots', 'plural prefix substring'],
    ['robot', "the robot's arm", 'exact plural prefix substring'],
    ['robot', 'robotic surgery', 'prefix substring'],
    ['robot', 'a microrobot', 'substring'],
    ['robot', 'robo t', ''],
    ['fuzzy c', 'fuzzy c-means', 'exact plural prefix substring'],
    ['fuzzy c', 'fuzzy clustering', 'prefix substring'],
    ['cluster analysis', 'cluster analyses', ''],
    ['bee colony', 'bee colonies', ''],
    ['policy gradient methods', 'a policy gradient method', 'plural prefix substring'],
    ['policy gradient methods', 'policy-gradient methods', 'exact plural prefix substring'],
    ['k-means', 'K-means clustering', 'exact plural prefix substring'],
    ['k-means', 'a k-mean clustering', ''],
    ['multinomial naïve bayes', 'multinomial naive Baye', ''],
    ['deep learning', 'éDeep learning', 'substring'],
    ['deep learning', 'deep learning深', 'prefix substring'],
  ])('%s in %s', (keyword, text, ends) => {
    const all: KeywordRule['end'][] = ['exact', 'plural', 'prefix', 'substring'];
    expect(all.filter((end) => matches(keyword, text, { end })).join(' ')).toBe(ends);
  });
});

describe('spelling', () => {
  test.each([
    ['ant colony optimisation', 'ant colony optimization', 'both american'],
    ['ant colony optimisation', 'ant colony optimisation', 'both british as-printed'],
    ['ant colony optimization', 'ant colony optimisation', 'both british'],
    ['self-organising map', 'Self-Organizing Maps', 'both american'],
    ['cognitive modelling', 'cognitive modeling', 'both american'],
    ['image labeling', 'image labelling', 'both british'],
    ['nearest neighbour algorithm', 'nearest neighbor algorithm', 'both american'],
    ['color map', 'colour maps', 'both british'],
    ['colorectal', 'colourectal', ''],
    ['denoising', 'denoising', 'both british american as-printed'],
    ['spelling', 'speling', ''],
  ])('%s in %s', (keyword, text, spellings) => {
    const all: KeywordRule['spelling'][] = ['both', 'british', 'american', 'as-printed'];
    expect(all.filter((spelling) => matches(keyword, text, { spelling })).join(' ')).toBe(spellings);
  });
});

describe('a bracket gives two alternatives', () => {
  test.each([
    ['an LSTM', true],
    ['LSTMs', true],
    ['Bi-LSTM', true],
    ['BiLSTM', false],
    ['long short-term memory', true],
    ['long short term memory (LSTM)', true],
    ['short term memory', false],
  ])('%s', (text, hit) => expect(matches('long short term memory (LSTM)', text)).toBe(hit));
});

test('all that match are reported, in the list’s spelling and order, each once', () => {
  const text = 'Artificial neural networks, a support-vector machine and neural networks';
  const list = ['vector machine', 'Neural Network', 'robot', 'artificial neural network', 'support vector machine', 'Neural Network'];
  expect(matcher(list).match([text, text])).toEqual([
    'vector machine',
    'Neural Network',
    'artificial neural network',
    'support vector machine',
  ]);
});

test('every entry of the study’s list finds itself, under every rule', () => {
  for (const end of ['exact', 'plural', 'prefix', 'substring'] as const) {
    const { match } = matcher(aiKeywords, { end });
    for (const keyword of aiKeywords) expect(match([`On ${keyword.toUpperCase()}!`])).toContain(keyword);
  }
});

test('an entry without letter or digit is refused, an empty list matches nothing', () => {
  expect(() => matcher(['robot', ' – '])).toThrow('Expected a keyword with a letter or digit, got " – "');
  expect(matcher([]).match(['robot'])).toEqual([]);
});
