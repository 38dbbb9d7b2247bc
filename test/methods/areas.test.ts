import { inAreas } from '../../methods/areas';
import { leadCountry, type LeadRule, type OpenAlexAuthorship } from '../../methods/lead';
import { readCountry } from './country/tables';

const rule: LeadRule = { role: 'last', order: 'author-first', group: 'skip', several: 'first-institution' };
const author: OpenAlexAuthorship = {
  position: 'last',
  countries: ['CN', 'HK'],
  institutions: [
    { id: 'I1', country: 'HK' },
    { id: 'I2', country: 'CN' },
    { id: 'I3', country: null },
  ],
  rawAffiliations: [],
};

test.each([
  ['separate', 'HK', ['HK', 'CN']],
  ['merged', 'CN', ['CN']],
] as const)('%s: an author in Hong Kong and China leads for %s', (politics, country, countries) => {
  const { read, authorships } = inAreas(readCountry, politics);
  const lead = leadCountry({ openalex: authorships([author]), pubmed: null }, rule, read);
  expect(lead).toMatchObject({ country, countries, severalCountries: countries.length > 1 });
});

test.each([
  ['University of Macau, Macau SAR, China', 'MO', 'CN'],
  ['National Taiwan University, Taipei, Taiwan', 'TW', 'CN'],
  ['University of Prishtina, Pristina, Kosovo', 'XK', 'RS'],
  ['University of Puerto Rico, San Juan, Puerto Rico', 'PR', 'US'],
  ['CHU, Saint-Denis, La Réunion', 'RE', 'FR'],
  ['University of Ulm, Ulm, Germany', 'DE', 'DE'],
])('%s: %s, merged %s', (text, separate, merged) => {
  expect(inAreas(readCountry, 'separate').read(text).country).toBe(separate);
  expect(inAreas(readCountry, 'merged').read(text).country).toBe(merged);
});

test('no country stays none', () => {
  expect(inAreas(readCountry, 'merged').read('Department of Surgery')).toEqual({ country: null, cue: 'none' });
  expect(inAreas(readCountry, 'merged').authorships(null)).toBeNull();
});
