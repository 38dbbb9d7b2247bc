import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { journals } from '../../simulator/world/journals';
import { rankingFiles } from '../../simulator/world/write-rankings';

const tables = path.resolve(__dirname, '../../config/tables');

test.each(Object.keys(rankingFiles))('%s is what write-rankings writes', (name) => {
  expect(readFileSync(path.join(tables, name), 'utf8')).toBe(rankingFiles[name]?.());
});

test('every ISSN has its check digit and belongs to one journal', () => {
  const all = journals.flatMap(({ print, electronic }) => [print, electronic].filter((one) => one !== null));
  const sum = (issn: string) =>
    [...issn.replace('-', '')].reduce((total, digit, index) => total + (digit === 'X' ? 10 : Number(digit)) * (8 - index), 0);
  expect(all.filter((issn) => sum(issn) % 11 !== 0)).toEqual([]);
  expect(new Set(all).size).toBe(all.length);
});

test('the high-ranked journals are the three best of a category by competition ranking', () => {
  const text = readFileSync(path.join(tables, 'synthetic-jcr.csv'), 'utf8').split('\n');
  const rows: Record<string, string>[] = parse(text.slice(2, -3).join('\n'), { columns: true });
  const factor = (row: Record<string, string>) => Number((row['2020 JIF'] ?? '').replace('<', ''));
  const best = new Set<string>();
  for (const row of rows) {
    const better = rows.filter((other) => other['Category'] === row['Category'] && factor(other) > factor(row)).length;
    if (!Number.isNaN(factor(row)) && better < 3) best.add(row['eISSN'] ?? '');
  }
  expect([...best].sort()).toEqual(
    journals
      .filter(({ highRanked }) => highRanked)
      .map(({ electronic }) => electronic)
      .sort(),
  );
});
