import { dyads, international } from '../../methods/collaboration';

test('international: another country than the lead author', () => {
  expect(international(['DE', 'DE'], 'DE')).toBe(false);
  expect(international(['DE', 'FR'], 'DE')).toBe(true);
  expect(international(['DE', 'FR'], null)).toBe(true);
  expect(international(['DE', 'DE'], 'US')).toBe(true);
});

test('international: unknown countries are national, or drop the article', () => {
  expect(international(['DE', null], 'DE')).toBe(false);
  expect(international(['DE', null], 'DE', { byline: 'all', unknownCountry: 'drop' })).toBeNull();
  expect(international(['DE', null, 'US'], 'DE', { byline: 'all', unknownCountry: 'drop' })).toBe(true);
  expect(international([], null, { byline: 'all', unknownCountry: 'drop' })).toBeNull();
});

test('international: only the first ten of the byline', () => {
  const byline = [...Array<string>(10).fill('DE'), 'FR'];
  expect(international(byline, 'DE', { byline: 'first-ten', unknownCountry: 'national' })).toBe(false);
});

test("the paper's example: a US lead with China and Germany makes two dyads", () => {
  expect(dyads(['CN', 'DE', 'US'], 'US')).toEqual([
    { from: 'US', to: 'CN' },
    { from: 'US', to: 'DE' },
  ]);
});

test('dyads count a foreign country once an article, or once an author', () => {
  expect(dyads(['CN', 'CN', 'US'], 'US')).toHaveLength(1);
  expect(dyads(['CN', 'CN', 'US'], 'US', { authors: 10, count: 'author' })).toHaveLength(2);
});

test('dyads look at the first N authors', () => {
  const byline = [...Array<string>(10).fill('US'), 'FR'];
  expect(dyads(byline, 'US')).toEqual([]);
  expect(dyads(byline, 'US', { authors: 'all', count: 'country' })).toEqual([{ from: 'US', to: 'FR' }]);
  expect(dyads(['FR'], null)).toEqual([]);
});
