import { columnOfCells, fitCountModel, type ModelData, type ModelSpec } from '../../methods/models';
import { dataOf, type Values } from './simulate';

const y = [0, 1, 2, 3, 4, 5];
const region = ['Asia', 'Asia', 'Europe', 'Europe', 'Africa', 'Africa'];
const plain = { model: 'nb2', formula: 'y ~ x' } as const;
const withCells = (cells: string[]): ModelData => ({
  ...dataOf({ y }),
  columns: new Map([...dataOf({ y }).columns, ['x', columnOfCells(cells)]]),
});

test.each<[string, Values, Partial<ModelSpec>, string]>([
  ['an unknown column', { y }, {}, 'Expected a column of the data, got "x". There are: y.'],
  ['a negative outcome', { y: [0, -1, 2], x: [1, 2, 3] }, {}, 'Expected a whole number from 0 on in the outcome "y", got -1 (row 2).'],
  ['a fraction', { y: [0, 1, 2.5], x: [1, 2, 3] }, {}, 'in the outcome "y", got 2.5 (row 3).'],
  ['a missing value, if asked to', { y, x: [1, 2, null, 4, 5, 6] }, { missing: 'refuse' }, 'in column "x", got an empty cell (row 3).'],
  ['a factor of one level', { y, x: Array<string>(6).fill('a') }, {}, 'Expected at least two levels in factor "x", got only "a".'],
  ['an unknown reference', { y, region }, { formula: 'y ~ ref(region, "Mars")' }, 'got "Mars". There are: Africa, Asia, Europe.'],
  ['two references', { y, region, x: y }, { formula: 'y ~ ref(region, "Asia") + ref(region, "Africa"):x' }, 'Expected one reference level'],
  ['more parameters than rows', { y: [1, 2, 3], x: [1, 2, 4] }, { formula: 'y ~ factor(x)' }, 'as rows, got 4 for 3 rows.'],
  ['one row', { y: [3], x: [1] }, {}, 'as rows, got 2 for 1 rows.'],
  ['only zeros', { y: [0, 0, 0], x: [1, 2, 3] }, {}, 'Expected some outcomes above zero'],
  ['no rows', { y: [], x: [] }, {}, 'Expected rows of data, got none.'],
  ['an empty column', { y, x: y.map(() => null) }, {}, 'got none of 6'],
  [
    'an exposure of zero',
    { y, x: y, t: [1, 1, 0, 1, 1, 1] },
    { exposure: 't' },
    'Expected an exposure above 0 in column "t", got 0 (row 3).',
  ],
  [
    'an infinite offset',
    { y, x: [1, 2, Infinity, 4, 5, 6] },
    { formula: 'y ~ offset(x)' },
    'Expected a finite offset in column "x", got Infinity (row 3).',
  ],
  ['an infinite covariate', { y, x: [1, 2, -Infinity, 4, 5, 6] }, {}, 'Expected a finite number in column "x", got -Infinity (row 3).'],
  [
    'a covariate of no measurable spread',
    { y, x: y.map((value) => value * 1e-300) },
    {},
    'Expected values of x to differ by 1e-140 to 1e+140',
  ],
  ['a covariate beyond measure', { y, x: y.map((value) => value * 1e200) }, {}, 'Give the column in another unit.'],
  ['no group', { y, x: y }, { model: 'nb-hhg' }, 'Expected a group column for nb-hhg, got none.'],
  ['a group for nb2', { y, x: y }, { group: 'x' }, 'Expected no group for nb2, got "x".'],
  [
    'one cluster',
    { y, x: [3, 1, 2, 2, 1, 4], c: y.map(() => 'a') },
    { se: { cluster: 'c' } },
    'Expected at least two clusters in column "c", got 1.',
  ],
])('refuses %s', async (_, columns, spec, message) => {
  await expect(fitCountModel(dataOf(columns), { ...plain, ...spec })).rejects.toThrow(message);
});

test.each([
  ['NaN', 'NaN'],
  ['n/a', 'n/a'],
  ['Infinity', 'Infinity'],
])('a cell %s among numbers is refused by name and row', async (_, cell) => {
  const fit = fitCountModel(withCells(['1', '2', cell, '4', '5', '6']), plain);
  await expect(fit).rejects.toThrow(`Expected a number in column "x", got "${cell}" (row 3)`);
});

test('an overflowing number is refused, not read as missing', async () => {
  await expect(fitCountModel(withCells(['1', '2', '1e999', '4', '5', '6']), plain)).rejects.toThrow('got "1e999" (row 3)');
});

test('an empty cell drops its row, which is counted with the column that lacks it', async () => {
  const fit = await fitCountModel(withCells(['1', '5', '', '4', '5', '7']), plain);
  expect(fit).toMatchObject({ n: 5, dropped: { missing: 1 } });
  expect(fit.drops).toEqual([{ reason: 'missing', rows: 1, names: ['x'] }]);
});

test('conditional models take clusters of whole groups only', async () => {
  const columns = { y: [1, 2, 0, 4, 1, 3, 5, 1], x: [1, 3, 2, 4, 1, 2, 5, 3], g: [1, 1, 2, 2, 3, 3, 4, 4], c: [1, 2, 1, 1, 2, 2, 1, 1] };
  const spec = { model: 'nb-hhg', formula: 'y ~ x', group: 'g', se: { cluster: 'c' } } as const;
  await expect(fitCountModel(dataOf(columns), spec)).rejects.toThrow('Expected clusters of "c" that hold whole groups of "g"');
});
