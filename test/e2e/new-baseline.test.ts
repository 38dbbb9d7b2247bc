import { startSimulator } from '../../simulator/server';
import { bulkFile } from '../../simulator/bulk/host';
import { buildWorld } from '../../simulator/world/build';
import type { Holdings } from '../../simulator/holdings';
import { digestsOf, stepsThat, TestHome, type Rebuilt } from '../atlas';

jest.setTimeout(600_000);

const YAML = `extends: ai-life-science
years: [2019, 2022]
conferences: { on: false }
rank: { whenMissing: without, core: [] }
`;

const { holdings } = buildWorld({ seed: 9, scale: 'tiny' });
const home = new TestHome();
afterAll(() => home.end());

async function rebuilt(served: Holdings, vintage: string): Promise<Rebuilt> {
  const simulator = await startSimulator({ holdings: served });
  const { openalex, eutils, bulk } = simulator.urls;
  const env = { ATLAS_OPENALEX_URL: openalex, ATLAS_EUTILS_URL: eutils, ATLAS_BULK_URL: bulk };
  const answer = await home.run(['rebuild', '--study', home.study('yearly', YAML), '--json', '--vintage', vintage], { env });
  await simulator.close();
  if (answer.code !== 0) throw new Error(answer.stderr);
  return JSON.parse(answer.stdout) as Rebuilt;
}

const renamed = (name: string): string => name.replace('pubmed26n', 'pubmed27n');

test('a new yearly baseline with equal records is read again, and nothing below the articles runs', async () => {
  await home.hold();
  const before = await rebuilt(holdings, '2026-11');
  const files = (kind: 'baseline' | 'updatefiles') => holdings[kind].map(({ name, bytes }) => bulkFile(renamed(name), bytes));
  const after = await rebuilt({ ...holdings, baseline: files('baseline'), updatefiles: files('updatefiles') }, '2027-01');
  const [was, is] = [digestsOf(before), digestsOf(after)];
  expect(stepsThat('ran', after)).toContain('source/pubmed-files');
  expect(is['sample/articles']).toBe(was['sample/articles']);
  expect(stepsThat('ran', after).filter((step) => step.startsWith('figure/') || step.startsWith('atlas/growth'))).toEqual([]);
  const changed = Object.keys(was).filter((step) => was[step] !== is[step]);
  // The rows that say from which file a record came, and those alone.
  expect(changed.sort()).toEqual(['sample/keyword-hits', 'sample/pubmed-clinical', 'sample/pubmed-matches', 'source/pubmed-files']);
});
