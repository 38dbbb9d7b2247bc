import { authorCountries, branchesOf, endCountries, leadCountry, type LeadRule, type OpenAlexAuthorship } from '../../methods/lead';
import { readCountry } from './country/tables';

const rule: LeadRule = { role: 'last', order: 'author-first', group: 'skip', several: 'first-institution' };

function author(position: OpenAlexAuthorship['position'], given: Partial<OpenAlexAuthorship> = {}): OpenAlexAuthorship {
  return { position, countries: [], institutions: [], rawAffiliations: [], ...given };
}
const at = (...countries: string[]): Partial<OpenAlexAuthorship> => ({
  countries: [...countries].sort(),
  institutions: countries.map((country) => ({ id: 'I1', country })),
});
const person = (...affiliations: string[]) => ({ personal: true, affiliations });

test('the last author leads', () => {
  const lead = leadOf({ openalex: [author('first', at('CN')), author('last', at('US'))], pubmed: null });
  expect(lead).toEqual({ country: 'US', branch: 'last-openalex', cue: 'openalex-institution', severalCountries: false, countries: ['US'] });
});

test('the first and the last author each have a country of their own, by PubMed where OpenAlex has none', () => {
  const ends = (article: Parameters<typeof endCountries>[0]) => endCountries(article, rule, readCountry);
  expect(ends({ openalex: [author('first', at('CN')), author('last', at('US'))], pubmed: null })).toEqual({ first: 'CN', last: 'US' });
  const pubmed = [person('ETH, Zurich, Switzerland'), person(), person('Fudan University, China')];
  expect(ends({ openalex: [author('first', at('DE')), author('last')], pubmed })).toEqual({ first: 'DE', last: 'CN' });
  expect(ends({ openalex: null, pubmed: pubmed.slice(0, 1) })).toEqual({ first: 'CH', last: 'CH' });
  expect(ends({ openalex: null, pubmed: pubmed.slice(0, 2) })).toEqual({ first: 'CH', last: null });
});

test('of several countries the first institution decides, never the alphabet', () => {
  const lead = leadOf({ openalex: [author('first', at('CN')), author('last', at('US', 'CN'))], pubmed: null });
  expect(lead).toMatchObject({ country: 'US', severalCountries: true, countries: ['US', 'CN'] });
});

test('several countries without institutions: the first read in the text', () => {
  const several = author('last', { countries: ['CN', 'US'], rawAffiliations: ['MIT, Cambridge, USA', 'Fudan University, China'] });
  expect(leadOf({ openalex: [several], pubmed: null })).toMatchObject({ country: 'US', cue: 'name', severalCountries: true });
});

test('several countries and no text decide nothing, and the next branch is asked', () => {
  const openalex = [author('first', at('FR')), author('last', { countries: ['CN', 'US'] })];
  expect(leadOf({ openalex, pubmed: null })).toMatchObject({ country: 'FR', branch: 'first-openalex' });
});

test('drop leaves an article with several lead countries without one', () => {
  const openalex = [author('first', at('FR')), author('last', at('US', 'CN'))];
  const lead = leadOf({ openalex, pubmed: null }, { ...rule, several: 'drop' });
  expect(lead).toMatchObject({ country: null, branch: 'last-openalex', cue: 'several-countries', severalCountries: true });
});

test('first-string reads the text before the institutions', () => {
  const openalex = [author('last', { ...at('US'), rawAffiliations: ['ETH, Zurich, Switzerland'] })];
  expect(leadOf({ openalex, pubmed: null }, { ...rule, several: 'first-string' })).toMatchObject({ country: 'CH', severalCountries: true });
});

describe('order', () => {
  const article = {
    openalex: [author('first', at('CN')), author('last')],
    pubmed: [person('Peking University, China'), person('University of Oslo, Norway')],
  };
  test('author-first asks PubMed for the last author before the first author', () => {
    expect(leadOf(article)).toMatchObject({ country: 'NO', branch: 'last-pubmed', cue: 'name' });
  });
  test('source-first stays with OpenAlex', () => {
    expect(leadOf(article, { ...rule, order: 'source-first' })).toMatchObject({ country: 'CN', branch: 'first-openalex' });
  });
  test('role first and corresponding', () => {
    expect(branchesOf({ role: 'first', order: 'author-first' })).toEqual([
      'first-openalex',
      'first-pubmed',
      'last-openalex',
      'last-pubmed',
    ]);
    expect(branchesOf({ role: 'corresponding', order: 'source-first' })[0]).toBe('corresponding-openalex');
  });
});

test('before 2014 only the first author has an address', () => {
  const pubmed = [person('University of Vienna, Austria'), person()];
  expect(leadOf({ openalex: null, pubmed })).toMatchObject({ country: 'AT', branch: 'first-pubmed' });
});

test('a group author at the end is skipped, or counted', () => {
  const pubmed = [person('University of Oslo, Norway'), { personal: false, affiliations: ['WHO, Geneva, Switzerland'] }];
  expect(leadOf({ openalex: null, pubmed })).toMatchObject({ country: 'NO' });
  expect(leadOf({ openalex: null, pubmed }, { ...rule, group: 'count' })).toMatchObject({ country: 'CH' });
});

test('a list cut before its end has no last author', () => {
  const openalex = [author('first', at('IT')), author('middle', at('US'))];
  expect(leadOf({ openalex, pubmed: null })).toMatchObject({ country: 'IT', branch: 'first-openalex' });
});

test('nothing known', () => {
  expect(leadOf({ openalex: [], pubmed: [] })).toEqual({
    country: null,
    branch: 'none',
    cue: 'none',
    severalCountries: false,
    countries: [],
  });
});

test('one country per author', () => {
  const openalex = [author('first', at('CN', 'US')), author('middle'), author('last', { rawAffiliations: ['Oslo, Norway'] })];
  expect(authorCountries(openalex, readCountry)).toEqual(['CN', null, 'NO']);
});

function leadOf(article: Parameters<typeof leadCountry>[0], given: LeadRule = rule) {
  return leadCountry(article, given, readCountry);
}
