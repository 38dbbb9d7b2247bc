import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { run } from '../../cli/fit';
import type { CountFit } from '../../methods/models';
import { panel } from './simulate';

const folder = mkdtempSync(path.join(os.tmpdir(), 'atlas-fit-'));
const { isTTY } = process.stdout;
afterAll(() => {
  rmSync(folder, { recursive: true });
  process.stdout.isTTY = isTTY;
});
beforeEach(() => (process.stdout.isTTY = true));

function csv(name: string, text: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return file;
}

const columns = panel({ seed: 2, groups: 30, each: 10, alpha: 0.6, slope: 0.3 });
const lines = columns.y.map((_, row) =>
  Object.values(columns)
    .map((column) => column[row])
    .join(','),
);
const data = csv('panel.csv', `\uFEFF${[Object.keys(columns).join(','), ...lines, ',1,Asia,g1,1'].join('\r\n')}\r\n`);
const formula = 'y ~ x + ref(region, "Asia") + region:x';

async function fit(options: Parameters<typeof run>[0], file = data): Promise<{ code: number; out: string; err: string }> {
  const said = { out: '', err: '' };
  const spies = (['stdout', 'stderr'] as const).map((stream) =>
    jest.spyOn(process[stream], 'write').mockImplementation((text) => {
      said[stream === 'stdout' ? 'out' : 'err'] += String(text);
      return true;
    }),
  );
  try {
    return { code: await run(options, [file]), ...said };
  } finally {
    spies.forEach((spy) => spy.mockRestore());
  }
}

test('--json: one document with the names of the contract, and nothing else on stdout', async () => {
  const { code, out } = await fit({ formula, model: 'nb2', exposure: 'service', json: true });
  const document = JSON.parse(out) as CountFit;
  expect(code).toBe(0);
  expect(document).toMatchObject({
    ...{ model: 'nb2', n: 300, groups: null, se: 'oim', converged: true, warnings: [] },
    dropped: { missing: 1, singletonGroups: 0, allZeroGroups: 0, allZeroLevels: 0, separated: 0 },
  });
  expect(Object.keys(document).slice(0, 12)).toEqual(
    'model n groups dropped logLik logLikPoisson alpha coefficients se converged iterations warnings'.split(' '),
  );
  expect(document.coefficients.map(({ term }) => term)).toEqual([
    ...['(Intercept)', 'x', 'region[Africa]', 'region[Europe]', 'region[Africa]:x', 'region[Europe]:x'],
  ]);
  expect(Object.keys(document.coefficients[0]!)).toEqual(['term', 'estimate', 'se', 'z', 'p', 'low', 'high']);
});

test('for people: what was fitted, what was left out, and the numbers', async () => {
  const { code, out } = await fit({ formula, model: 'nb2-fe', group: 'group', exposure: 'service' });
  expect(code).toBe(0);
  expect(out).toContain('300 rows in 30 groups · standard errors: cluster:group (30 clusters)');
  expect(out).toContain('left out 1 rows: an empty cell in y');
  expect(out).toMatch(/^region\[Africa\]:x +-?\d\.\d{4} +\d\.\d{4} /m);
  expect(out).toMatch(/^converged after \d+ iterations/m);
});

test('not on a terminal: the document, without being asked', async () => {
  process.stdout.isTTY = false;
  const { out } = await fit({ formula, model: 'nb2' });
  expect(JSON.parse(out)).toMatchObject({ model: 'nb2', n: 300 });
});

test('ids with more digits than a number holds stay apart', async () => {
  const rows = Array.from({ length: 60 }, (_, row) => `${(row * 7) % 11},${row % 5},9007199254740993${row % 6}`);
  const file = csv('ids.csv', `y,x,id\n${rows.join('\n')}\n`);
  const { out } = await fit({ formula: 'y ~ x', model: 'poisson-fe', group: 'id', json: true }, file);
  expect(JSON.parse(out)).toMatchObject({ groups: 6 });
  await expect(fit({ formula: 'y ~ x + id', model: 'nb2' }, file)).rejects.toThrow('Expected a number in column "id"');
});

test('--verbose tells each iteration on stderr', async () => {
  const { err } = await fit({ formula, model: 'nb-hhg', group: 'group', verbose: true });
  expect(err).toMatch(/^iteration 0: log-likelihood -\d+\.\d{4}, scaled score /);
});

test('a fit without a maximum ends with 1 and null standard errors', async () => {
  const rows = Array.from({ length: 200 }, (_, row) => `${10 + 2 * (row % 4)},${row % 4},${Math.floor(row / 4)}`);
  const { code, out } = await fit(
    { formula: 'y ~ x', model: 'nb-hhg', group: 'g', json: true },
    csv('even.csv', `y,x,g\n${rows.join('\n')}`),
  );
  expect(code).toBe(1);
  expect(JSON.parse(out)).toMatchObject({ converged: false, coefficients: [{ se: null, p: null }, { se: null }] });
});

test.each<[string, Parameters<typeof run>[0], string, string]>([
  ['no formula', { model: 'nb2' }, data, 'Expected --formula, got none.'],
  ['no model', { formula }, data, 'Expected --model nb2, nb2-fe, nb-hhg, poisson-fe, got none.'],
  ['another model', { formula, model: 'ols' }, data, 'got ols.'],
  ['other standard errors', { formula, model: 'nb2', se: 'cluster:' }, data, 'Expected --se oim, robust or cluster:COLUMN, got cluster:.'],
  ['no file', { formula, model: 'nb2' }, 'absent.csv', 'ENOENT'],
  ['a folder', { formula, model: 'nb2' }, folder, 'EISDIR'],
  ['a header alone', { formula: 'y ~ x', model: 'nb2' }, csv('header.csv', 'y,x\n'), 'Expected rows of data, got none.'],
  ['a ragged line', { formula, model: 'nb2' }, csv('ragged.csv', 'y,x\n1,2\n3\n'), 'line 3'],
  ['a column named twice', { formula, model: 'nb2' }, csv('twice.csv', 'y,x,x\n1,2,3\n'), 'Expected each column name once, got "x" twice'],
  ['an empty file', { formula, model: 'nb2' }, csv('empty.csv', ''), 'Expected a header line'],
  ['missing values, if refused', { formula, model: 'nb2', missing: 'refuse' }, data, 'in column "y", got an empty cell (row 301)'],
])('wrong usage ends with 2: %s', async (_, options, file, message) => {
  await expect(fit(options, file)).rejects.toMatchObject({ exitCode: 2, message: expect.stringContaining(message) as string });
});
