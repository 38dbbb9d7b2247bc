import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from '../../clients/rankings/core';
import { compileConferenceMatcher, coreHighRanked, normaliseTitle, topThree, type JournalRow } from '../../methods/ranking';
import { rowsOf } from './country/tables';

const journal = (issn: string, category: string, metric: number | null): JournalRow => ({
  issns: [issn],
  title: issn,
  category,
  edition: 'SCIE',
  metric,
});

describe('journals', () => {
  const rows = [
    journal('A', 'X', 9),
    journal('B', 'X', 8),
    journal('C', 'X', 8),
    journal('D', 'X', 7),
    journal('E', 'X', null),
    journal('D', 'Y', 7),
  ];

  test('competition ranks, the best over categories, unranked left out', () => {
    const top = topThree(rows);
    expect([...top].map(([issn, { category, rank }]) => [issn, category, rank])).toEqual([
      ['A', 'X', 1],
      ['B', 'X', 2],
      ['C', 'X', 2],
      ['D', 'Y', 1],
    ]);
  });

  test('dense ranks let the fourth journal in', () => {
    expect(topThree(rows.slice(0, 5), 3, { ties: 'dense' }).get('D')?.rank).toBe(3);
    expect(topThree(rows.slice(0, 5)).has('D')).toBe(false);
  });

  test('a journal that stands in two files takes one rank', () => {
    expect(topThree([...rows, ...rows]).get('C')?.rank).toBe(2);
  });

  test('every ISSN of a journal finds it; miscellaneous categories can be dropped', () => {
    const both: JournalRow = { issns: ['P', 'E'], title: 'J', category: 'Medicine (miscellaneous)', edition: '', metric: 1 };
    expect([...topThree([both]).keys()]).toEqual(['P', 'E']);
    expect(topThree([both], 3, { miscellaneous: 'drop' }).size).toBe(0);
  });
});

describe('conferences', () => {
  const file = path.resolve(__dirname, '../../config/tables/core-ranking.csv');
  const rows = parse(readFileSync(file, 'utf8'), 'core-ranking.csv').rows;
  const aliases = rowsOf<{ core_id: string; openalex_source: string; note: string }>('core-aliases.csv');
  const match = compileConferenceMatcher(rows, new Map(aliases.map((row) => [row.openalex_source, row.core_id])));
  const found = (title: string) => {
    const { core, because } = match({ id: 'S0', title });
    return [core?.acronym ?? null, because];
  };

  test('CORE2023 has 60 conferences of rank A*', () => {
    expect(coreHighRanked(rows)).toHaveLength(60);
    expect(coreHighRanked(rows, ['A*', 'A']).length).toBeGreaterThan(60);
  });

  test('a known source id decides whatever its title says', () => {
    expect(match({ id: 'S4306420609', title: 'ICML 2019' })).toMatchObject({ core: { acronym: 'NeurIPS' }, because: 'alias' });
  });

  test('every alias points at the conference its note names', () => {
    for (const { core_id, openalex_source, note } of aliases) {
      expect(note).toContain(match({ id: openalex_source, title: '' }).core?.acronym);
      expect(rows.find(({ id }) => id === core_id)?.rank).toBe('A*');
    }
  });

  test.each([
    ['2016 IEEE Conference on Computer Vision and Pattern Recognition (CVPR)', 'CVPR', 'title'],
    ['Proceedings of the 34th International Conference on Machine Learning', 'ICML', 'title'],
    ['2019 IEEE/CVF International Conference on Computer Vision (ICCV)', 'ICCV', 'title'],
    ['Advances in Neural Information Processing Systems', 'NeurIPS', 'title'],
    ['CVPR 2011', 'CVPR', 'acronym-year'],
    ["SIGIR '12", 'SIGIR', 'acronym-year'],
    ['KDD 2011', null, 'none'],
    ['ACL', null, 'none'],
    ['WWW', null, 'none'],
    ['CVPR', null, 'none'],
    ['ISWC 2015', null, 'none'],
    ['Conference on Computer Vision and Pattern Recognition Workshops', null, 'none'],
  ])('%s → %s by %s', (title, acronym, because) => {
    expect(found(title)).toEqual([acronym, because]);
  });

  test('earlier names in brackets are no part of a title', () => {
    expect(normaliseTitle('Advances in Neural Information Processing Systems (was NIPS)')).toBe(
      'advances in neural information processing systems',
    );
  });
});
