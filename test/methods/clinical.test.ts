import { clinical, clinicalBits, type ClinicalRule } from '../../methods/clinical';

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
  expect(clinical('Patients were randomly divided into an observation group and controls', null, drop).because).toEqual(['randomly']);
  expect(clinical('Images were randomly divided into a training and a test set', null, drop).clinical).toBe(false);
  expect(clinical('Extremely randomized trees', null, { ...drop, filter: 'balanced' }).clinical).toBe(false);
});

test('narrow and balanced, British spelling too', () => {
  const text = 'A randomised, controlled trial against sham';
  expect(clinical(text, null, { ...broad, filter: 'narrow' })).toEqual({ clinical: true, because: ['randomised', 'controlled', 'trial'] });
  expect(clinical('A randomized trial', 'randomised', { ...broad, filter: 'balanced' }).because).toEqual(['randomized', 'randomised']);
});

test('a filter of the user’s own: all words of one line, an asterisk for any ending', () => {
  const own: ClinicalRule = { filter: 'file', randomForests: 'keep', entries: ['cohort stud*', 'placebo'] };
  expect(clinical('Studies of a cohort', null, own)).toEqual({ clinical: true, because: ['cohort', 'studies'] });
  expect(clinical('A cohort', 'a case study ended', own).because).toEqual(['cohort', 'study']);
  expect(clinical('Cohorts studied', null, own).clinical).toBe(false);
  expect(clinical('Anything', null, { ...own, entries: ['*'] }).clinical).toBe(false);
});

const rules = (['broad', 'narrow', 'balanced'] as const).flatMap((filter) =>
  (['keep', 'drop'] as const).map((randomForests) => ({ filter, randomForests })),
);

test.each([
  'A randomised, controlled trial against sham',
  'Placebo effects',
  'Random forest',
  'A clinical trial with random forests',
  'Extremely randomized trees and a placebo',
  'Nothing of the kind',
])('the bits of %j are what each filter says alone', (text) => {
  const bits = clinicalBits(text, null);
  for (const rule of rules)
    expect(bits[rule.randomForests === 'keep' ? rule.filter : (`${rule.filter}_strict` as const)]).toBe(
      clinical(text, null, rule).clinical,
    );
  expect(bits.own).toBeNull();
});

test('the bit of a filter file is there when the study has one', () => {
  expect(clinicalBits('Random forest', null, { filter: 'file', randomForests: 'keep', entries: ['random*'] }).own).toBe(true);
  expect(clinicalBits('Random forest', null, { filter: 'file', randomForests: 'drop', entries: ['random*'] }).own).toBe(false);
});
