import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import * as core from '../../clients/rankings/core';
import * as jcr from '../../clients/rankings/jcr';
import * as scimago from '../../clients/rankings/scimago';

const folder = process.env.ATLAS_RANKINGS ?? path.resolve(__dirname, '../../../shared/data');
if (!existsSync(folder)) console.warn(`Skipped: ranking files are not at ${folder}; set ATLAS_RANKINGS to their folder.`);
const onRealFiles = existsSync(folder) ? test : test.skip;
const read = (name: string): string => readFileSync(path.join(folder, name), 'utf8');
const unzip = (name: string): string => gunzipSync(readFileSync(path.join(folder, name))).toString();

describe('CORE', () => {
  onRealFiles.each([
    ['core-ranking-core2020.csv', 883, 63],
    ['core-ranking.csv', 955, 60],
    ['core-ranking-icore2026.csv', 987, 62],
  ])('%s: %i conferences, %i of them A*', (name, conferences, best) => {
    const { rows, refused } = core.parse(read(name), name);
    expect(refused).toEqual([]);
    expect(rows).toHaveLength(conferences);
    expect(rows.filter(({ rank }) => rank === 'A*')).toHaveLength(best);
  });

  test('quotes that do not close stop the reading, with their line', () => {
    expect(() => core.parse('1,"A"B,C\n2,T,A,CORE2023,A,No,,,\n', 'core.csv')).toThrow('(core.csv:1)');
  });

  test('dirty cells are cleaned, bad lines refused by number', () => {
    const text = '1, A "B"\n2," The\nTitle, long",TT,CORE2023,A* ,Yes,4611.0,,\nx,Title,T,CORE2023,A,No,,,\n';
    const { rows, refused } = core.parse(text, 'core.csv');
    expect(rows).toEqual([{ id: '2', title: 'The Title, long', acronym: 'TT', edition: 'CORE2023', rank: 'A*', fields: ['4611'] }]);
    expect(refused.map(({ line }) => line)).toEqual([1, 4]);
    expect(refused[1]?.reason).toBe('Expected a CORE id in column 1, got "x" (core.csv:4)');
  });
});

describe('SCImago', () => {
  onRealFiles('2020: decimal points, every line accounted for', () => {
    const { rows, refused, notJournals } = scimago.parse(unzip('rankings/scimago-2020-merged.csv.gz'), '2020.csv');
    const journals = new Set(rows.map(({ title, issns }) => title + issns.join())).size;
    expect(refused).toEqual([]);
    expect(notJournals).toBe(7721);
    expect(journals).toBe(25_231);
    expect(rows[0]).toEqual({
      issns: ['1545-2123', '1543-5008'],
      title: 'Annual Review of Plant Biology',
      category: 'Cell Biology',
      edition: 'SCImago',
      metric: 11.695,
      year: 2020,
    });
  });

  onRealFiles('2018: decimal commas, two metrics', () => {
    const text = unzip('rankings/scimago-2018-medicine.site-export.csv.gz');
    expect(scimago.parse(text, '2018.csv').rows[0]).toMatchObject({ metric: 72.576, year: 2018, category: 'Hematology' });
    const byCitations = scimago.parse(text, '2018.csv', 'cites-per-doc-2y');
    expect(byCitations.rows[0]?.metric).toBe(206.85);
    expect(byCitations.refused).toEqual([]);
    // The publisher of this one has quotes within quotes.
    expect(byCitations.rows.find(({ title }) => title === 'Revista de Investigacion Clinica')?.metric).toBe(1.56);
    // 7,430 lines, of which two are one journal.
    expect(new Set(byCitations.rows.map(({ title, issns }) => title + issns.join())).size + byCitations.notJournals).toBe(7429);
    expect(new Set(byCitations.rows.map(({ category }) => category))).toContain('Health, Toxicology and Mutagenesis');
  });

  test('later headers, Publisher twice, a short line, a category with a bracket and no quartile', () => {
    const text =
      'Rank;Sourceid;Title;Type;Issn;Publisher;SJR;Total Docs. (2024);Citations / Doc. (2years);Publisher;Categories;Areas\n' +
      '1;7;"A ""B"" C";journal;-;P;1,5;3;2,0;P;"Genetics (clinical); Medicine (miscellaneous) (Q1)";Medicine\n' +
      '2;8;Short;journal\n3;9;Book;book series;-;P;;1;;P;X;Y\n';
    const { rows, refused, notJournals } = scimago.parse(text, 's.csv', 'cites-per-doc-2y');
    expect(rows.map(({ title, category, metric, issns, year }) => [title, category, metric, issns, year])).toEqual([
      ['A "B" C', 'Genetics (clinical)', 2, [], 2024],
      ['A "B" C', 'Medicine (miscellaneous)', 2, [], 2024],
    ]);
    expect(refused).toEqual([{ line: 3, reason: 'Expected 12 cells, got 4 (s.csv:3)' }]);
    expect(notJournals).toBe(1);
  });

  test('another file is refused as a whole', () => {
    expect(() => scimago.parse('<html>', 'x.html')).toThrow('Expected a SCImago export');
  });
});

describe('JCR', () => {
  const banner = 'Journal Data Filtered By:  Selected Editions: SCIE,SSCI Selected JCR Year: 2020 Selected Category Schema: WOS\n\n';
  const header =
    'Journal name,JCR Abbreviation,Publisher,ISSN,eISSN,Category,Edition,Total Citations,2020 JIF,JIF Quartile,2020 JCI,% of Citable OA\n';

  test('the present export', () => {
    const text =
      `\uFEFF${banner}${header}` +
      'J ONE,J1,P,1234-5678,N/A,"ONCOLOGY","SCIE","12,345","1,234.5",Q1,2,1%\n' +
      'J TWO,J2,P,N/A,2234-567X,PSYCHIATRY,"SCIE, SSCI",1,<0.1,Q4,0,0%\n' +
      'J THREE,J3,P,N/A,N/A,ONCOLOGY,ESCI,1,N/A,N/A,0,0%\n' +
      'J FOUR,J4,P,N/A,N/A,ONCOLOGY,SCIE,1,high,Q1,0,0%\n' +
      'Copyright (c) 2021 Clarivate\nBy exporting the selected data; you agree to the data usage policy\n';
    const { rows, refused } = jcr.parse(text, 'jcr.csv');
    expect(rows.map(({ issns, category, edition, metric, year }) => [issns, category, edition, metric, year])).toEqual([
      [['1234-5678'], 'ONCOLOGY', 'SCIE', 1234.5, 2020],
      [['2234-567X'], 'PSYCHIATRY', 'SCIE', 0, 2020],
      [['2234-567X'], 'PSYCHIATRY', 'SSCI', 0, 2020],
      [[], 'ONCOLOGY', 'ESCI', null, 2020],
    ]);
    expect(refused).toEqual([{ line: 7, reason: 'Expected an impact factor, got "high" (jcr.csv:7)' }]);
  });

  test('the older export: one category, named in the banner', () => {
    const text =
      "Journal Data Filtered By:  Selected JCR Year: 2018 Selected Editions: SCIE Selected Categories: 'MEDICAL%20INFORMATICS' Selected Category Scheme: WoS\n" +
      'Rank,Full Journal Title,JCR Abbreviated Title,ISSN,Total Cites,Journal Impact Factor,Impact Factor without Journal Self Cites,\n' +
      '1,J ONE,J1,1234-5678,"1,000",4.945,4.1,\n2,J TWO,J2,****-****,5,Not Available,Not Available,\n';
    expect(jcr.parse(text, 'old.csv').rows).toEqual([
      { issns: ['1234-5678'], title: 'J ONE', category: 'MEDICAL INFORMATICS', edition: 'SCIE', metric: 4.945, year: 2018 },
      { issns: [], title: 'J TWO', category: 'MEDICAL INFORMATICS', edition: 'SCIE', metric: null, year: 2018 },
    ]);
  });

  test('another file is refused as a whole', () => {
    expect(() => jcr.parse('a,b\n1,2\n', 'x.csv')).toThrow('Expected a JCR export');
  });
});
