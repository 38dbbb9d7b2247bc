import { questions } from '../../cli/audit/kinds';

const inChina = { id: 'pmid:1', region: 'Asia', country: 'CN', year: 2020, cue: '' };

test('an area is right under the code of its own where the study counts it with a country, and wrong where not', () => {
  const { right } = questions.country;
  expect([right('hk', inChina, 'merged'), right('hk', inChina, 'separate')]).toEqual([true, false]);
  expect([right('cn', inChina, 'merged'), right('cn', inChina, 'separate'), right('unknown', inChina, 'merged')]).toEqual([
    true,
    true,
    null,
  ]);
});

test('unsure is no verdict', () => {
  expect(['yes', 'no', 'unsure'].map((rating) => questions['pubmed-ai'].right(rating, inChina, 'separate'))).toEqual([true, false, null]);
});
