import { areaOf, regionOf, type RegionRow } from '../../methods/regions';
import { rowsOf } from './country/tables';

const table = rowsOf<RegionRow>('un-m49-countries.csv');

test.each([
  ['US', 'Northern America'],
  ['MX', 'Latin America'],
  ['PR', 'Latin America'],
  ['GL', 'Northern America'],
  ['CY', 'Asia'],
  ['TR', 'Asia'],
  ['RU', 'Europe'],
  ['RE', 'Africa'],
  ['TW', 'Asia'],
  ['XK', 'Europe'],
  ['AQ', null],
  ['QQ', null],
])('%s lies in %s', (iso2, region) => {
  expect(regionOf(iso2, table, 'separate')).toBe(region);
});

test('the six regions hold as many areas as method-facts counts', () => {
  const counts = new Map<string | null, number>();
  for (const { iso2 } of table) {
    const region = regionOf(iso2, table, 'separate');
    counts.set(region, (counts.get(region) ?? 0) + 1);
  }
  expect(Object.fromEntries(counts)).toEqual({
    Africa: 60,
    Asia: 51,
    Europe: 52,
    'Latin America': 52,
    'Northern America': 5,
    Oceania: 29,
    null: 1,
  });
});

test('merged areas go with the parent state', () => {
  expect(areaOf('HK', 'merged')).toBe('CN');
  expect(areaOf('HK', 'separate')).toBe('HK');
  expect(regionOf('PR', table, 'merged')).toBe('Northern America');
  expect(regionOf('RE', table, 'merged')).toBe('Europe');
});
