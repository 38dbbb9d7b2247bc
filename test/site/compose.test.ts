import { parse } from 'csv-parse/sync';
import { composeSite } from '../../activities/report/page/compose';
import { csvCell } from '../../activities/report/page/csv';
import { numberId } from '../../activities/report/page/number-ids';
import { percent } from '../../drawing/numbers';
import type { PageData } from '../../drawing/page-data';
import { samplePage } from './sample';

const assets = { script: 'void 0', style: 'body{margin:0}' };

function fileOf(data: PageData, name: string): string {
  const file = composeSite(data, assets).find((candidate) => candidate.path === name);
  if (!file) throw new Error(`Expected ${name} in the site, got no such file.`);
  return file.text;
}

test('equal data, equal bytes; within three megabytes', () => {
  const [first, second] = [composeSite(samplePage(), assets), composeSite(samplePage(), assets)];
  expect(second).toEqual(first);
  expect(first.reduce((sum, file) => sum + Buffer.byteLength(file.text), 0)).toBeLessThan(3_000_000);
});

test('no address of another place, no inline style, no handler in the page', () => {
  const text = fileOf(samplePage(), 'index.html');
  expect(text).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
  expect(text).not.toMatch(/<[^>]+ style="/);
  expect(text).not.toMatch(/<[a-z][^>]* on[a-z]+="/);
  expect(text).toMatch(/Content-Security-Policy" content="default-src &#39;none&#39;; script-src &#39;sha256-/);
});

test('text of the data is escaped wherever it is shown', () => {
  const evil = '</script><img src=x onerror=alert(1)>';
  const page = samplePage();
  const country = { ...page.countries[0]!, iso2: 'QQ', name: evil };
  const data = {
    ...page,
    title: evil,
    study: evil,
    countries: [country, ...page.countries],
    refused: [{ file: evil, reason: evil }],
    topics: [{ concept: 'C1', name: evil, country: 'US', articles: 4 }],
  };
  for (const file of composeSite(data, assets)) if (!file.path.endsWith('.csv')) expect(file.text).not.toContain('<img');
});

test('other rules stand beside that of the study, which is marked, and each count can be asked', () => {
  const text = fileOf(samplePage(), 'index.html');
  expect(text).toContain(`Another rule for the keywords would find up to ${percent(0.04)} more articles (end substring)`);
  expect(text).toContain('The keywords of baruffaldi-2020 find 2.2 articles for each one of liu-2021');
  expect(text).toContain(`data-ask="${numberId('atlas/clinical-rules', { rule: 'broad_strict' }, 'clinical')}"`);
  expect(fileOf(samplePage(), 'data/keyword-rules.csv')).toMatch(/^data,rule,own,found,share\nsynthetic data,end exact,,/);
  expect(composeSite({ ...samplePage(), rules: undefined }, assets).map(({ path }) => path)).not.toContain('data/keyword-rules.csv');
});

test('CSV cells cannot run as formulas; numbers stay numbers', () => {
  expect(['=1+1', '+1 %', '-cmd', '@x', '-3.2', 'a,"b"'].map(csvCell)).toEqual(["'=1+1", "'+1 %", "'-cmd", "'@x", '-3.2', '"a,""b"""']);
  expect([csvCell(-0.5), csvCell(null)]).toEqual(['-0.5', '']);
});

test('synthetic data is called so in banner, title, figures and every row of the downloads', () => {
  const files = composeSite(samplePage(), assets);
  expect(fileOf(samplePage(), 'index.html')).toContain('<strong>Synthetic data.</strong>');
  for (const file of files.filter((candidate) => candidate.path.endsWith('.svg'))) expect(file.text).toContain('Synthetic data');
  for (const file of files.filter((candidate) => candidate.path.endsWith('.csv'))) {
    const rows = parse(file.text, { columns: true }) as { data: string }[];
    expect(rows.length).toBeGreaterThan(0);
    expect(new Set(rows.map((row) => row.data))).toEqual(new Set(['synthetic data']));
  }
  expect(fileOf({ ...samplePage(), synthetic: false }, 'index.html')).not.toContain('Synthetic data');
  expect(fileOf({ ...samplePage(), synthetic: false }, 'data/countries.csv')).toMatch(/^country,region,articles/);
});

test('the CSV of the country table holds the counts of the data', () => {
  const page = samplePage();
  const rows = parse(fileOf(page, 'data/countries.csv'), { columns: true }) as { country: string; articles: string; conference: string }[];
  const china = page.countries.find((country) => country.iso2 === 'CN')!;
  expect(rows).toHaveLength(page.countries.length);
  expect(rows.find((row) => row.country === 'China')).toMatchObject({
    articles: String(china.articles),
    conference: String(china.conference),
  });
});

test('every link inside the page leads somewhere, every download exists', () => {
  const files = new Set(composeSite(samplePage(), assets).map((file) => file.path));
  const text = fileOf(samplePage(), 'index.html');
  const ids = new Set([...text.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]!));
  const links = [...new Set([...text.matchAll(/ href="([^"]+)"/g)].map((match) => match[1]!))];
  expect(links.filter((link) => link.startsWith('#') && !ids.has(link.slice(1)))).toEqual([]);
  expect(links.filter((link) => !link.startsWith('#') && !files.has(link))).toEqual([]);
  expect(ids.size).toBe([...text.matchAll(/ id="([^"]+)"/g)].length);
});

test('a run with nothing yet still gives a page', () => {
  const empty: PageData = {
    ...samplePage(),
    countries: [],
    growth: [],
    topics: [],
    internationalByYear: [],
    highRankedByRegionYear: [],
    flow: [],
    refused: [],
    drift: [],
    steps: [],
    sources: [],
    differences: [],
  };
  const text = fileOf(empty, 'index.html');
  expect(text).toContain('No articles');
  expect(text).toContain('All parameters are those of the paper');
  expect(text).not.toMatch(/NaN|undefined|Infinity/);
});

test('a small run, where no country has enough articles, says so', () => {
  const page = samplePage();
  const small = { ...page, countries: page.countries.filter((country) => country.articles < 100 && country.highRanked > 0).slice(0, 3) };
  expect(fileOf(small, 'index.html')).toContain('all countries have fewer than 100 articles');
});

test('no share of few articles makes a headline', () => {
  const page = samplePage();
  const few = { articles: 20, known: 20, international: 8 };
  const countries = page.countries.map((country) => ({
    ...country,
    articles: 12,
    highRanked: 3,
    internationalKnown: 12,
    international: 5,
  }));
  const data = { ...page, countries, internationalByYear: page.internationalByYear.map((row) => ({ ...row, ...few })) };
  const headlines = [...fileOf(data, 'index.html').matchAll(/<span data-finding>([^<]*)/g)].map(([, text]) => text);
  expect(headlines).toContain('International articles by year: too few for a trend (fewer than 100 a year)');
  expect(headlines).toContain('High-ranked articles by country: too few to compare (fewer than 100 a country)');
  expect(headlines.join()).not.toMatch(/rose from|fell from|had the highest share/);
  expect(fileOf(page, 'index.html')).toMatch(/The share of international articles (rose|fell|stayed) from/);
});

test('number ids name step, row and column', () => {
  expect(numberId('atlas/country-totals', { country: 'US' }, 'articles')).toBe('atlas/country-totals?country=US#articles');
  expect(numberId('atlas/growth', { region: 'Northern America', year: 2020 }, 'articles')).toBe(
    'atlas/growth?region=Northern%20America&year=2020#articles',
  );
});
