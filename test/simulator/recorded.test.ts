import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { loadRecorded } from '../../simulator/recorded/load';
import { startSimulator, type Simulator } from '../../simulator/server';

const fixtures = process.env['ATLAS_RECORDED'] ?? path.resolve(__dirname, '../../../shared/data/fixtures');
const present = existsSync(fixtures);
if (!present) console.warn(`No recorded answers at ${fixtures}: set ATLAS_RECORDED to test the recorded world.`);

(present ? describe : describe.skip)('the recorded world', () => {
  let simulator: Simulator;
  beforeAll(async () => {
    simulator = await startSimulator({ holdings: loadRecorded(fixtures) });
  });
  afterAll(() => simulator.close());

  test('serves a recorded PubMed record byte for byte', async () => {
    const response = await fetch(`${simulator.urls.eutils}/efetch.fcgi?db=pubmed&retmode=xml&id=35573891`);
    const recorded = readFileSync(path.join(fixtures, 'pubmed/efetch/35573891.xml'), 'utf8');
    expect(recorded).toContain((await response.text()).split('\n')[3] ?? '-');
  });

  test('serves each work once, found by PMID', async () => {
    const answer = (await (await fetch(`${simulator.urls.openalex}/works?filter=pmid:29456894`)).json()) as {
      meta: { count: number };
      results: { id: string }[];
    };
    expect([answer.meta.count, answer.results[0]?.id]).toEqual([1, 'https://openalex.org/W2741809807']);
  });

  test('finds the recorded citing works again', async () => {
    const answer = (await (await fetch(`${simulator.urls.openalex}/works?filter=cites:W3046863325|W3045921891`)).json()) as {
      meta: { count: number };
    };
    expect(answer.meta.count).toBe(3);
  });

  test('derives conference sources from the works', async () => {
    const answer = (await (await fetch(`${simulator.urls.openalex}/sources?filter=type:conference`)).json()) as {
      results: { id: string; type: string }[];
    };
    expect(answer.results.map(({ id }) => id)).toContain('https://openalex.org/S4210191458');
    expect(answer.results.every(({ type }) => type === 'conference')).toBe(true);
  });

  test.each([
    ['baseline', 'pubmed26n1334.xml.gz'],
    ['baseline', 'pubmed21n1002.xml.gz'],
    ['updatefiles', 'pubmed26n1335.xml.gz'],
  ])('has %s/%s with a checksum', async (folder, name) => {
    const bytes = Buffer.from(await (await fetch(`${simulator.urls.bulk}/${folder}/${name}`)).arrayBuffer());
    expect(bytes).toEqual(readFileSync(path.join(fixtures, 'pubmed/bulk', name)));
    expect(await (await fetch(`${simulator.urls.bulk}/${folder}/${name}.md5`)).text()).toMatch(/^MD5\(.*\)= [0-9a-f]{32}\s*$/);
  });
});

test('a folder without recordings is refused by name', () => {
  expect(() => loadRecorded('/nowhere')).toThrow(/got \/nowhere \(--fixtures\)/);
});
