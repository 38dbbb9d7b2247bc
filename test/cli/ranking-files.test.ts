import { mkdtempSync, readFileSync, rmSync, writeFileSync, existsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { checkRankings } from '../../cli/ranking-files';
import { loadStudy } from '../../config/load';
import { jcrExport } from '../../simulator/world/write-rankings';

const folder = mkdtempSync(path.join(os.tmpdir(), 'atlas-rankings-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const shared = path.resolve(__dirname, '../../../shared/data');
const onRealFiles = existsSync(path.join(shared, 'rankings')) ? test : test.skip;

async function check(files: Readonly<Record<string, string>>, rank: string): Promise<void> {
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
  const file = path.join(folder, 'mine.yaml');
  writeFileSync(file, `name: mine\nextends: ai-life-science\nrank: ${rank}\n`);
  await checkRankings(await loadStudy(file));
}

const jcr = jcrExport();
const of2018 = jcr.replaceAll('2020 J', '2018 J').replace('JCR Year: 2020', 'JCR Year: 2018');
const inUse = (names: readonly string[]): string => `{ journalFiles: ${JSON.stringify(names)} }`;
const complaint = (checking: Promise<void>): Promise<unknown> =>
  checking.then(
    () => null,
    (error: unknown) => error,
  );

test('a JCR export of the right year is taken, several files of it too', async () => {
  await check({ 'a.csv': jcr, 'b.csv': jcr }, inUse(['a.csv', 'b.csv']));
});

test('another year is refused by file, before a run (exit 2)', async () => {
  const error = await complaint(check({ 'a.csv': jcr, 'old.csv': of2018 }, inUse(['a.csv', 'old.csv'])));
  expect(error).toMatchObject({ exitCode: 2 });
  expect(String(error)).toContain('Expected journals of the data year 2020, as rank.year says, got 2018 (old.csv)');
});

test('what is no ranking is refused with file and line; all files are told at once', async () => {
  const files = { 'page.csv': '<html>Sign in</html>', 'quotes.csv': '1,"A"B,C\n' };
  const error = await complaint(check(files, '{ journalFiles: [page.csv], coreFiles: [quotes.csv] }'));
  expect(String(error)).toContain('Expected a JCR export with the columns Journal name and JIF');
  expect(String(error)).toContain('(page.csv:1)');
  expect(String(error)).toContain('(quotes.csv:1)');
});

test('a ranking in which nothing has a metric is refused', async () => {
  const empty = jcr.split('\n').slice(0, 3).join('\n');
  expect(String(await complaint(check({ 'empty.csv': empty }, inUse(['empty.csv']))))).toContain(
    'Expected journals with a metric, got none',
  );
});

onRealFiles('CORE: the edition must be in the file, and the message says which are', async () => {
  const text = readFileSync(path.join(shared, 'core-ranking-icore2026.csv'), 'utf8');
  const other = await complaint(check({ 'core.csv': text, 'a.csv': jcr }, '{ journalFiles: [a.csv], coreFiles: [core.csv] }'));
  expect(String(other)).toContain('Expected conferences of CORE2023, as rank.edition says, got ICORE2026 (987 conferences) (core.csv)');
  await check({}, '{ journalFiles: [a.csv], coreFiles: [core.csv], edition: ICORE2026 }');
});

onRealFiles('SCImago: a file of another year is refused', async () => {
  const at = path.join(shared, 'rankings/scimago-2018-medicine.site-export.csv.gz');
  const scimago = `{ journals: scimago, metric: sjr, journalFiles: [${JSON.stringify(at)}]`;
  expect(String(await complaint(check({}, `${scimago} }`)))).toContain('data year 2020, as rank.year says, got 2018');
  await check({}, `${scimago}, year: 2018 }`);
});

test('no file: the study is refused with what to do, or goes on without', async () => {
  const error = await complaint(check({}, inUse(['nothing/*.csv'])));
  expect(String(error)).toContain('config/rankings/README.md');
  await check({}, "{ journalFiles: ['nothing/*.csv'], whenMissing: without }");
});
