import { classLabel, classOf, countBreaks, evenBreaks, toneOf } from '../../drawing/classes';
import { compoundGrowth, growthFinding } from '../../drawing/growth';
import { mapFinding } from '../../drawing/map/finding';
import { html, svg } from '../../drawing/markup';
import { countsUntil, measures, noCounts, valueOf } from '../../drawing/measures';
import { count, duration, percent, short } from '../../drawing/numbers';
import { placeName } from '../../drawing/place-names';
import { regionOf, regions } from '../../drawing/regions';
import { ticks, yearTicks } from '../../drawing/scale';

test('markup escapes what it is given, and nothing twice', () => {
  const name = `<img src=x onerror="alert('1')"> & co`;
  const cell = html`<td title="${name}">${name}</td>`;
  expect(cell.text).toBe(
    '<td title="&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt; &amp; co">&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt; &amp; co</td>',
  );
  expect(svg`<tr>${[cell, null, false]}</tr>`.text).toBe(`<tr>${cell.text}</tr>`);
  expect(svg`<circle r="${1 / 3}"/>`.text).toBe('<circle r="0.33"/>');
});

test('numbers are written the same everywhere', () => {
  expect([count(397967), count(999), count(-1200)]).toEqual(['397,967', '999', '−1,200']);
  expect([percent(0.4123), percent(0.079), percent(0.0996), percent(0)]).toEqual(['41\u202f%', '7.9\u202f%', '10\u202f%', '0\u202f%']);
  expect([short(1500), short(2e6), short(0)]).toEqual(['1.5k', '2M', '0']);
  expect([duration(0.42), duration(63), duration(300), duration(9000)]).toEqual(['0.4\u202fs', '63\u202fs', '5\u202fmin', '2.5\u202fh']);
});

test('classes: decades for a large range, steps of three for a small one', () => {
  expect(countBreaks(101195)).toEqual([1, 10, 100, 1000, 10000, 100000]);
  expect(countBreaks(8025)).toEqual([1, 30, 100, 300, 1000, 3000]);
  expect(countBreaks(40)).toEqual([1, 3, 10, 30]);
  expect(countBreaks(0)).toEqual([1]);
  expect(evenBreaks(0.11)).toEqual([0, 0.02, 0.04, 0.06, 0.08, 0.1]);
  expect([0, 1, 5].map((i) => classLabel(i, [1, 10, 100, 1000, 10000, 100000], 'count'))).toEqual(['1–9', '10–99', '≥ 100,000']);
  expect(classLabel(1, [0, 0.025, 0.05], 'percent')).toBe('2.5–5\u202f%');
});

test('each value has one class, and few classes use the whole scale', () => {
  const breaks = [1, 10, 100];
  expect([null, 0, 1, 9, 10, 5000].map((value) => classOf(value, breaks))).toEqual([null, null, 0, 0, 1, 2]);
  expect([0, 1, 2].map((i) => toneOf(i, breaks))).toEqual([0, 3, 5]);
});

test('growth is that of 2010–2022, as in Fig. 1, or of the years there are', () => {
  const totals = Array.from({ length: 23 }, (_, i) => ({ year: 2000 + i, articles: Math.round(1000 * 1.2 ** i) }));
  expect(compoundGrowth(totals)?.rate).toBeCloseTo(0.2, 3);
  expect(compoundGrowth(totals)?.from.year).toBe(2010);
  expect(compoundGrowth(totals.slice(0, 5))?.to.year).toBe(2004);
  expect(compoundGrowth(totals.slice(0, 1))).toBeNull();
  expect(growthFinding(totals)).toBe('Articles grew by 20\u202f% a year from 2010 to 2022: from 6,192 to 55,206');
});

test('the map says its finding, and compares shares only of places with enough articles', () => {
  const places = [
    { name: 'United States', ...noCounts, articles: 600, highRanked: 60 },
    { name: 'China', ...noCounts, articles: 300, highRanked: 15 },
    { name: 'Kenya', ...noCounts, articles: 3, highRanked: 3 },
  ];
  const [articles, highRanked] = measures;
  expect(mapFinding(articles!, places, null)).toBe('The United States and China published most: 900 of 903 articles, 100\u202f%');
  expect(mapFinding(highRanked!, places, 100)).toBe(
    'The United States had the highest share of high-ranked articles among countries with at least 100 articles: 10\u202f%',
  );
  expect(mapFinding(highRanked!, places, 1000)).toBe('No country has 1,000 articles');
  expect(mapFinding(articles!, [], null)).toBe('No articles');
});

test('a span of years sums up to a year, or takes that year alone', () => {
  const byYear = [2019, 2020, 2021].map((year) => ({ year, ...noCounts, articles: 10, citations: 25 }));
  expect(countsUntil(byYear, 2020, true).articles).toBe(20);
  expect(countsUntil(byYear, 2020, false).articles).toBe(10);
  expect(valueOf(measures[4]!, countsUntil(byYear, 2020, true))).toBe(2.5);
  expect(valueOf(measures[4]!, noCounts)).toBeNull();
});

test('regions, places and ticks', () => {
  expect(new Set(regions.map((region) => region.marker)).size).toBe(6);
  expect(regionOf('Latin America')).toBe(regionOf('Latin America and the Caribbean'));
  expect(regionOf('Atlantis').short).toBe('No region');
  expect([placeName('IR', 'Iran (Islamic Republic of)'), placeName('KR', 'Republic of Korea')]).toEqual(['Iran', 'South Korea']);
  expect(ticks(6237, 5)).toEqual([0, 2000, 4000, 6000, 8000]);
  expect(yearTicks(2000, 2022, 6)).toEqual([2000, 2005, 2010, 2015, 2020]);
});
