import { clinical, clinicalBits } from '../../methods/clinical';

const broad = { filter: 'broad', randomForests: 'keep' } as const;

test('broad: clinical and trial as words anywhere, or random*', () => {
  expect(clinical('A clinical study', 'The trial ended.', broad)).toEqual({ clinical: true, because: ['clinical', 'trial'] });
  expect(clinical('Clinical trials', null, broad).clinical).toBe(false);
  expect(clinical('Patients were RANDOMLY assigned', null, broad).because).toEqual(['randomly']);
  expect(clinical('Quasi-random sampling', null, broad).because).toEqual(['random']);
  expect(clinical('Nonrandom sampling', null, broad).clinical).toBe(false);
  expect(clinical(null, null, broad)).toEqual({ clinical: false, because: [] });
});

test('random forests can be dropped without losing the other hits', () => {
  const drop = { ...broad, randomForests: 'drop' } as const;
  expect(clinical('Random forests of genes', null, broad).clinical).toBe(true);
  expect(clinical('Random forests of genes', null, drop).clinical).toBe(false);
  expect(clinical('Data were randomly split', 'conditional random-field', drop).clinical).toBe(false);
  expect(clinical('A random forest in a randomised trial', null, drop).because).toEqual(['randomised']);
});

test('narrow and balanced, British spelling too', () => {
  const text = 'A randomised, controlled trial against sham';
  expect(clinical(text, null, { ...broad, filter: 'narrow' })).toEqual({ clinical: true, because: ['randomised', 'controlled', 'trial'] });
  expect(clinicalBits(text, null)).toEqual({ broad: true, narrow: true, balanced: true });
  expect(clinicalBits('Placebo effects', null)).toEqual({ broad: false, narrow: false, balanced: true });
  expect(clinicalBits('Random forest', null)).toEqual({ broad: true, narrow: false, balanced: false });
});
