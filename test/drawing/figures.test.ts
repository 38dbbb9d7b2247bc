import { shareBreaks } from '../../drawing/classes';
import { countryBars } from '../../drawing/country-bars';
import { countrySeries } from '../../drawing/country-series';
import { forest } from '../../drawing/forest';
import type { FigureOptions } from '../../drawing/frame';
import { growthByRegion } from '../../drawing/growth-by-region';
import { growthByYear } from '../../drawing/growth-by-year';
import { drawnPlaces, outlines } from '../../drawing/map/outlines';
import { worldMap } from '../../drawing/map/world-map';
import { pairedBars } from '../../drawing/paired-bars';
import { regionLines } from '../../drawing/region-lines';
import { sampleFlow } from '../../drawing/sample-flow';
import { shareLine } from '../../drawing/share-line';
import { topicHeatmap } from '../../drawing/topic-heatmap';
import { expectSnapshot } from './snapshot';

const caption = { title: 'A finding in words', subtitle: 'Measure and unit', source: 'Synthetic data. Source: invented for this test' };

function options(id: string, width = 760): FigureOptions {
  return { id, width, title: caption.title, description: caption.subtitle, caption };
}

const years = Array.from({ length: 13 }, (_, i) => 2010 + i);

test('world map: classes of high-ranked shares, few articles hatched, the rest empty', () => {
  const rows = [
    { iso2: 'US', name: 'United States', value: 0.094, n: 9082 },
    { iso2: 'CN', name: 'China', value: 0.048, n: 7417 },
    { iso2: 'KE', name: 'Kenya', value: 0.031, n: 46 },
  ];
  const drawing = worldMap(rows, { ...options('map'), unit: 'percent', breaks: [0, 0.02, 0.04, 0.06, 0.08], minimum: 100 });
  expect(drawing).toContain('<path class="area small k1" data-iso="KE"');
  expect(drawing).toContain('<path class="area k5" data-iso="US"');
  expectSnapshot('world-map.svg', drawing);
});

test('world map: 176 areas, without Antarctica; Singapore is too small, Kosovo is drawn', () => {
  expect(outlines()).toHaveLength(176);
  expect(drawnPlaces().has('AQ')).toBe(false);
  expect(drawnPlaces().has('SG')).toBe(false);
  expect(drawnPlaces().has('XK')).toBe(true);
});

test('growth by year: bars in two corpora and the compound rate', () => {
  const rows = years.map((year, i) => ({ year, pubmed: Math.round(500 * 1.2 ** i), conference: 30 + i * 4 }));
  expectSnapshot('growth-by-year.svg', growthByYear(rows, options('growth')));
});

test('growth by region: one line each, labels apart', () => {
  const sizes: [string, number, number][] = [
    ['Asia', 200, 1.27],
    ['Europe', 210, 1.18],
    ['Northern America', 220, 1.16],
    ['Oceania', 20, 1.18],
    ['Africa', 8, 1.3],
    ['Latin America and the Caribbean', 15, 1.22],
  ];
  const rows = sizes.flatMap(([region, start, rise]) =>
    years.map((year, i) => ({ region, year, articles: Math.round(start * rise ** i) })),
  );
  expectSnapshot('growth-by-region.svg', growthByRegion(rows, options('regions')));
});

test('region lines: few articles are hollow, and do not stretch the scale', () => {
  const rows = years.flatMap((year, i) => [
    { region: 'Europe', year, value: 0.1 - i * 0.001, n: 500 },
    { region: 'Africa', year, value: i === 2 ? 0.5 : 0.05, n: 20 + i * 10 },
  ]);
  const drawing = regionLines(rows, { ...options('quality', 340), unit: 'percent', minimum: 100 });
  expect(drawing).toContain('class="dot few"');
  expect(drawing).not.toContain('>50 %<');
  expectSnapshot('region-lines.svg', drawing);
});

test('country bars: value and n written out, few articles outlined', () => {
  const rows = [
    { name: 'Australia', region: 'Oceania', value: 0.111, n: 973 },
    { name: 'Canada', region: 'Northern America', value: 0.108, n: 1288 },
    { name: 'Kenya', region: 'Africa', value: 0.066, n: 46 },
    { name: 'Somewhere <else>', region: null, value: 0.02, n: 200 },
  ];
  expectSnapshot('country-bars.svg', countryBars(rows, { ...options('bars'), unit: 'percent', minimum: 100, showN: true }));
});

test('paired bars, heatmap, share line, flow and series', () => {
  const pairs = [
    { name: 'United States', left: 0.25, right: 0.19 },
    { name: 'China', left: 0.18, right: 0.21 },
  ];
  expectSnapshot('paired-bars.svg', pairedBars(pairs, { ...options('pairs'), leftLabel: 'Share of all', rightLabel: 'Share of its own' }));
  const map = {
    rows: [{ name: 'Computer vision' }, { name: 'Radiology' }],
    columns: [
      { code: 'CN', name: 'China', region: 'Asia' },
      { code: 'DE', name: 'Germany', region: 'Europe' },
    ],
    shares: [
      [0.21, 0.12],
      [0.012, null],
    ],
  };
  expectSnapshot('topic-heatmap.svg', topicHeatmap(map, { ...options('topics'), breaks: shareBreaks(0.21) }));
  const shares = years.map((year, i) => ({ year, share: i === 3 ? null : 0.12 + i * 0.006, n: i * 40 }));
  expectSnapshot('share-line.svg', shareLine(shares, { ...options('share'), minimum: 100 }));
  const flow = [
    { label: 'records read', count: 1000, lost: 0, reason: '' },
    { label: 'articles with a country', count: 380, lost: 620, reason: 'no keyword, or no country' },
    { label: 'of these in both corpora', count: 2, lost: 0, reason: '', aside: true },
  ];
  expectSnapshot('sample-flow.svg', sampleFlow(flow, options('flow')));
  const series = years.map((year, i) => ({ year, articles: i * i }));
  expectSnapshot('country-series.svg', countrySeries(series, { ...options('series', 260), years: [2010, 2022] }));
});

test('forest: solid is held against the paper, an interval beyond the scale ends in an arrow head', () => {
  const line = { label: 'year and outlet: nb2-fe', ratio: 1.08, low: 0.98, high: 1.19, held: false };
  const groups = [
    {
      name: 'Northern America',
      region: 'Northern America',
      lines: [{ ...line, label: 'year only: nb2', ratio: 1.4, low: 1.38, high: 1.42, held: true }, line],
    },
    { name: 'Oceania', region: 'Oceania', lines: [{ ...line, ratio: 0.9, low: 0.02, high: 40 }] },
    { name: 'Citations', region: null, lines: [line] },
  ];
  const drawing = forest(groups, { ...options('forest'), one: 'Asia' });
  expect(drawing).toContain('1.40 (1.38–1.42)');
  expect(drawing.match(/class="dot few"/g)).toHaveLength(3);
  expect(drawing.match(/<path class="path"/g)).toHaveLength(2);
  expectSnapshot('forest.svg', drawing);
  expect(forest(groups, { ...options('forest', 340), one: 'Asia' })).not.toContain('(1.38');
});

test('a drawing is the same each time, and refuses numbers that are none', () => {
  const rows = [{ year: 2010, pubmed: 3, conference: 1 }];
  expect(growthByYear(rows, options('same'))).toBe(growthByYear(rows, options('same')));
  expect(() => growthByYear([{ year: 2010, pubmed: NaN, conference: 0 }], options('nan'))).toThrow(
    'Expected a finite number in markup, got NaN',
  );
});

test('every figure is an image with a name and a description', () => {
  const drawing = growthByYear([{ year: 2010, pubmed: 3, conference: 1 }], options('named'));
  expect(drawing).toMatch(/role="img" aria-labelledby="named-760-t" aria-describedby="named-760-d"/);
  expect(drawing).toContain('<title id="named-760-t">A finding in words</title>');
});
