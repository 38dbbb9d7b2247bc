import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { count } from '../../drawing/numbers';
import { launchBrowser } from './browser';
import { builtAssets, writePage } from './page-folder';
import { samplePage } from './sample';

let browser: Browser | null = null;
let address = '';

beforeAll(async () => {
  browser = await launchBrowser();
  address = pathToFileURL(path.join(writePage(samplePage(), builtAssets()), 'index.html')).href;
});

afterAll(async () => {
  await browser?.close();
});

/** A test in the page, opened from disk; it fails on any console error and on any request but the page itself. */
function inPage(name: string, options: BrowserContextOptions, body: (page: Page) => Promise<void>): void {
  test(name, async () => {
    if (!browser) return;
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    const page = await context.newPage();
    const faults: string[] = [];
    const requests: string[] = [];
    page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
    page.on('pageerror', (error) => faults.push(String(error)));
    page.on('request', (request) => requests.push(request.url().split('#')[0]!));
    await page.goto(address);
    await body(page);
    expect(faults).toEqual([]);
    expect(new Set(requests)).toEqual(new Set([address]));
    await context.close();
  });
}

/** Class of a country's area on the map. */
function areaClass(page: Page, code: string): Promise<string | null> {
  return page.locator(`#map path[data-iso="${code}"]`).getAttribute('class');
}

/** Moves the slider as a person with the keyboard does. */
async function pressOnSlider(page: Page, key: string): Promise<void> {
  await page.locator('[data-year]').focus();
  await page.keyboard.press(key);
}

inPage('opens from disk, with banner, three numbers and every part', {}, async (page) => {
  expect(await page.locator('.banner').textContent()).toContain('Synthetic data.');
  expect(await page.locator('.numbers dd .n').count()).toBe(3);
  expect(await page.locator('main h2').allTextContents()).toEqual([
    'Who publishes',
    'Growth',
    'Countries',
    'Topics',
    'Clinical research',
    'Quality of outlets',
    'Relevance',
    'International collaboration',
    'Sample',
    'Rules that could be otherwise',
    'Against the paper',
    'How this was made',
  ]);
});

inPage('the slider changes map, title and n', {}, async (page) => {
  const [before, finding] = [await areaClass(page, 'US'), await page.locator('#map [data-finding]').textContent()];
  await pressOnSlider(page, 'Home');
  expect(await areaClass(page, 'US')).not.toBe(before);
  expect(await page.locator('[data-year-shown]').textContent()).toBe('2000');
  expect(await page.locator('#map [data-finding]').textContent()).not.toBe(finding);
  expect(await page.locator('#map [data-n]').textContent()).toMatch(/^n = \d+ articles in \d+ countries$/);
});

inPage('one year counts less than all years; a share of few articles is hatched', {}, async (page) => {
  const all = await page.locator('#map [data-n]').textContent();
  await page.getByRole('radio', { name: 'Single year' }).check();
  expect(await page.locator('#map [data-n]').textContent()).not.toBe(all);
  await page.getByRole('radio', { name: 'High-ranked' }).check();
  expect(await areaClass(page, 'KE')).toMatch(/^area small k\d$/);
});

inPage('play runs through the years from the start', {}, async (page) => {
  await page.locator('[data-play]').click();
  await page.locator('[data-year-shown]', { hasText: /200[1-9]|201\d|202[01]/ }).waitFor();
  await page.locator('[data-play]').click();
  expect(await page.locator('[data-play]').getAttribute('aria-label')).toBe('Play through the years');
});

inPage('a country opens its panel from the map, from the list of small places and from the select', {}, async (page) => {
  await page.locator('#map path[data-iso="BR"]').click();
  expect(await page.locator('[data-panel] h4').textContent()).toBe('Brazil');
  expect(await page.locator('[data-panel]').textContent()).toMatch(/rank \d+ of \d+ countries/);
  await page.locator('[data-open="SG"]').click();
  expect(await page.locator('[data-panel] h4').textContent()).toBe('Singapore');
  await page.locator('[data-country]').selectOption('KE');
  expect(await page.locator('[data-panel] h4').textContent()).toBe('Kenya');
  expect(await page.locator('[data-panel] svg rect').count()).toBeGreaterThan(0);
});

inPage('the pointer over a country shows its value', {}, async (page) => {
  await page.locator('#map path[data-iso="AU"]').hover();
  expect(await page.locator('[data-tooltip]').textContent()).toMatch(/^Australia \d+$/);
});

inPage('the table of countries sorts both ways and searches without marks', {}, async (page) => {
  const first = () => page.locator('#country-table tbody tr:visible th').first().textContent();
  expect(await first()).toBe('United States');
  await page.locator('#country-table thead button', { hasText: 'Country' }).click();
  expect((await first())?.trim()).toBe('Afghanistan');
  await page.locator('#country-table thead button', { hasText: 'Articles' }).click();
  expect((await first())?.trim()).toBe('United States');
  expect(await page.locator('#country-table th[aria-sort]').getAttribute('aria-sort')).toBe('descending');
  await page.locator('[data-search]').fill('turkiye');
  expect((await page.locator('#country-table tbody tr:visible th').allTextContents()).map((text) => text.trim())).toEqual(['Türkiye']);
});

inPage('a number opens the drawer by click, with its step and the command that repeats it', {}, async (page) => {
  const articles = count(samplePage().countries.find((country) => country.iso2 === 'CN')!.articles);
  await page.locator('#country-table .n', { hasText: articles }).first().click();
  const drawer = page.locator('[data-drawer]');
  expect(await drawer.locator('h2').textContent()).toBe(articles);
  expect(await drawer.locator('pre').textContent()).toBe("npx atlas trace --study demo 'atlas/country-totals?country=CN#articles'");
  const step = samplePage().steps.find((candidate) => candidate.step === 'atlas/country-totals')!;
  expect(await drawer.textContent()).toContain(step.key);
  expect(await drawer.textContent()).toContain(step.digest);
  await drawer.getByText('sample/lead-country').click();
  expect(await drawer.locator('h2').textContent()).toBe('sample/lead-country');
});

inPage('the drawer opens by Enter, closes by Escape, and gives the focus back', {}, async (page) => {
  await page.locator('.numbers .n').first().focus();
  await page.keyboard.press('Enter');
  expect(await page.locator('[data-drawer]').isVisible()).toBe(true);
  await page.keyboard.press('Escape');
  expect(await page.locator('[data-drawer]').isVisible()).toBe(false);
  expect(await page.evaluate("document.activeElement.matches('.numbers .n')")).toBe(true);
});

inPage('a mark opens the drawer too', {}, async (page) => {
  await page.locator('#growth-by-year .wide g[data-ask]').last().click();
  expect(await page.locator('[data-drawer] h2').textContent()).toMatch(/^2022: [\d,]+ in journals/);
});

inPage('fits a screen of 320 px, with figures drawn for it', { viewport: { width: 320, height: 640 } }, async (page) => {
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320);
  expect(await page.locator('#growth-by-year .narrow').isVisible()).toBe(true);
  expect(await page.locator('#growth-by-year .wide').isVisible()).toBe(false);
});

inPage('is dark where the reader wants it dark, and light on paper', { colorScheme: 'dark' }, async (page) => {
  const paper = () => page.evaluate('getComputedStyle(document.documentElement).backgroundColor');
  expect(await paper()).toBe('rgb(17, 22, 28)');
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  expect(await paper()).toBe('rgb(255, 255, 255)');
});

inPage('reads without scripts: figures and tables are there, dead controls are not', { javaScriptEnabled: false }, async (page) => {
  expect(await page.locator('[data-controls]').isVisible()).toBe(false);
  expect(await page.locator('#map path[data-iso="US"]').getAttribute('class')).toMatch(/^area k5$/);
  await page.locator('.numbers .n').first().click();
  expect(page.url()).toMatch(/#step-atlas-country-totals$/);
});
