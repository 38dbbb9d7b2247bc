import { parseFormula } from '../../methods/models';

test('the formula of the contract', () => {
  expect(parseFormula('y ~ a + b + factor(year) + ref(region, "Asia") + a:b + offset(c)')).toEqual({
    outcome: 'y',
    offsets: ['c'],
    terms: [
      [{ column: 'a', as: 'itself' }],
      [{ column: 'b', as: 'itself' }],
      [{ column: 'year', as: 'factor' }],
      [{ column: 'region', as: 'factor', reference: 'Asia' }],
      [
        { column: 'a', as: 'itself' },
        { column: 'b', as: 'itself' },
      ],
    ],
  });
});

test('the constant alone, blanks in names, single quotes, numbers as levels, and a term named twice', () => {
  expect(parseFormula('y ~ 1').terms).toEqual([]);
  expect(parseFormula('`times cited` ~ `lead country`').outcome).toBe('times cited');
  expect(parseFormula("y~ref(region,'Côte d\\'Ivoire')").terms[0]![0]!.reference).toBe("Côte d'Ivoire");
  expect(parseFormula('y ~ ref(year, 2001)').terms[0]![0]!.reference).toBe('2001');
  expect(parseFormula('y ~ a + 1 + a').terms).toHaveLength(1);
  expect(parseFormula('y ~ offset').terms).toEqual([[{ column: 'offset', as: 'itself' }]]);
});

test.each([
  ['', 'Expected the outcome column, got the end'],
  ['y', 'Expected ~, got the end'],
  ['y ~', 'Expected a column, factor(column) or ref(column, "level"), got the end'],
  ['y ~ a b', 'Expected +, : or the end, got b'],
  ['y ~ a * b', 'Expected +, : or the end, got *'],
  ['y ~ log(a)', 'Expected factor(, ref( or, alone between plus signs, offset(, got log('],
  ['y ~ ref(region)', 'Expected ,, got )'],
  ['y ~ a + #', 'Expected a column name or a sign, got #'],
  ['y ~ 0 + a', 'got 0'],
  ['y ~ a + y', 'Expected covariates other than the outcome, got "y" on both sides'],
  ['y ~ offset(y)', 'Expected covariates other than the outcome, got "y" on both sides'],
  ['y ~ offset(a):b', 'Expected +, : or the end, got :'],
])('refuses %j', (formula, message) => {
  expect(() => parseFormula(formula)).toThrow(message);
});
