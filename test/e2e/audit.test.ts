import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import type { AuditScore } from '../../cli/audit/scores';
import { json, type Answer, type Row } from '../atlas';
import { ownFiles, type OwnFiles } from './tiny-study';

jest.setTimeout(600_000);

let own: OwnFiles;
let study: string;
let final: Row[];
const N = 12;

beforeAll(async () => {
  own = await ownFiles();
  await own.home.hold();
  study = own.study('read-by-hand');
  await own.home.rebuild(study);
  final = await own.home.table(study, 'sample.final');
});

afterAll(() => own.end());

const audit = (...args: readonly string[]): Promise<Answer> => own.home.run(['audit', ...args, '--study', study]);

async function sheet(kind: string, seed = '3'): Promise<Record<string, string>[]> {
  const answer = await audit('sample', kind, '--n', String(N), '--seed', seed);
  expect({ code: answer.code, stderr: answer.stderr }).toMatchObject({ code: 0 });
  return parse(answer.stdout, { columns: true });
}

/** A rater's file: the sheet with a rating for each row by its place. */
function rated(name: string, rows: readonly Record<string, string>[], rating: (row: Record<string, string>, at: number) => string): string {
  const file = path.join(own.home.top, name);
  const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;
  const lines = rows.map((row, at) =>
    Object.values({ ...row, rating: rating(row, at) })
      .map(quoted)
      .join(','),
  );
  writeFileSync(file, [Object.keys(rows[0]!).join(','), ...lines, ''].join('\n'));
  return file;
}

test('a sheet holds published rows without any verdict, and the same seed gives the same sheet', async () => {
  const rows = await sheet('pubmed-ai');
  expect(Object.keys(rows[0]!)).toEqual(['audit', 'id', 'year', 'doi', 'title', 'abstract', 'rating', 'comment']);
  const titles = new Map(final.map(({ article, title }) => [article, title]));
  expect(rows.map(({ title }) => title)).toEqual(rows.map(({ id }) => titles.get(id)));
  expect(await sheet('pubmed-ai')).toEqual(rows);
  expect((await sheet('pubmed-ai', '4')).map(({ id }) => id)).not.toEqual(rows.map(({ id }) => id));
});

test('two raters: agreement, precision over what they settled, and countries corrected by region', async () => {
  const rows = await sheet('pubmed-ai');
  const first = rated('first.csv', rows, (_, at) => (at < 2 ? 'no' : at === 11 ? '' : ' Yes'));
  const second = rated('second.csv', rows, (_, at) => (at < 1 ? 'no' : at === 10 ? 'unsure' : 'yes'));
  const [score] = json<AuditScore[]>(await audit('score', first, second, '--json'));
  expect(score).toMatchObject({
    rows: N,
    population: final.length,
    raters: [
      { rated: 11, right: 9, undecided: 0, unfilled: 1 },
      { rated: 11, right: 10, undecided: 1, unfilled: 0 },
    ],
    agreement: [{ n: 11, agreed: 9 }],
    unsettled: { differ: 1, undecided: 1, unfilled: 1 },
    differing: [rows[1]!['id']],
    precision: { rated: 9, right: 8 },
    ifSettled: { low: 0.8, high: 0.9 },
  });
  const regions = new Map(score!.regions.map((row) => [row.region, row]));
  expect(score!.regions.reduce((sum, { rated: count }) => sum + count, 0)).toBe(9);
  expect(score!.countries.reduce((sum, { articles }) => sum + articles, 0)).toBe(final.length);
  for (const { region, articles, corrected } of score!.countries) {
    const { rated: of, right } = regions.get(region)!;
    if (of === 0) expect(corrected).toBeNull();
    else expect(corrected).toBeCloseTo((articles * right) / of, 9);
  }
});

test('a country is right when the rater names the one of the study', async () => {
  const rows = await sheet('country');
  const country = new Map(final.map((row) => [row['article'], String(row['country'])]));
  const other = (id: string): string => (country.get(id) === 'FR' ? 'DE' : 'FR');
  const file = rated('countries.csv', rows, ({ id }, at) =>
    at === 0 ? other(id!) : at === 1 ? 'unknown' : country.get(id)!.toLowerCase(),
  );
  const [score] = json<AuditScore[]>(await audit('score', file, '--json'));
  expect(score).toMatchObject({ precision: { rated: N - 1, right: N - 2 }, unsettled: { undecided: 1 }, agreement: [] });
});

describe('refused with exit 2', () => {
  const says = ({ code, stderr }: Answer, text: string): void => {
    expect({ code, said: stderr.includes(text) ? text : stderr }).toEqual({ code: 2, said: text });
  };

  test('an unknown kind, and more rows than there are', async () => {
    says(await audit('sample', 'journals'), 'Expected a kind of audit, one of pubmed-ai, conference-life-science, country, got "journals"');
    says(await audit('sample', 'country', '--n', '0'), 'Expected --n as a count of rows from 1 on, got "0"');
    const tooMany = await audit('sample', 'country', '--n', String(final.length + 1));
    says(tooMany, `Expected --n of at most ${final.length}`);
    expect(tooMany.stdout).toBe('');
    says(await audit('sample', 'conference-life-science', '--n', '1'), 'Expected --n of at most 0');
  });

  test('sheets that are not as they were drawn', async () => {
    const rows = await sheet('pubmed-ai');
    const bad = (rating: string, of = rows): Promise<Answer> =>
      audit(
        'score',
        rated('bad.csv', of, () => rating),
      );
    says(await bad('maybe'), 'Expected a rating (yes, no, unsure), got "maybe"');
    says(await bad('yes', [{ ...rows[0]!, id: 'pmid:1' }, ...rows.slice(1)]), 'got "pmid:1"');
    says(await bad('yes', [...rows, rows[0]!]), `got "${rows[0]!['id']}" again`);
    says(await bad('yes', rows.slice(1)), `Expected all ${N} rows of the sheet, got ${N - 1}: ${rows[0]!['id']} is not there`);
    says(
      await bad(
        'yes',
        rows.map((row) => ({ ...row, audit: row['audit']!.replace('read-by-hand', 'demo') })),
      ),
      'Give --study demo',
    );
    says(
      await bad(
        'yes',
        rows.map(({ id, ...row }) => ({ pmid: id!, ...row })),
      ),
      'Expected the columns audit, id, rating once each',
    );
    says(await audit('score', path.join(own.home.top, 'nowhere.csv')), 'Expected a rated sheet as CSV');
  });
});
