import { citingWorks } from '../../clients/openalex/crawls';
import { worksByPmids } from '../../clients/openalex/lookup';
import { listBulk } from '../../clients/pubmed/bulk';
import { fetchRecords } from '../../clients/pubmed/fetch';
import { startSimulator, type Simulator } from '../../simulator/server';
import { buildWorld } from '../../simulator/world/build';
import { errorOf, fetcherOn } from './http-bench';

/** What a service leaves out, doubles or adds must not reach the tables. */
const { holdings } = buildWorld({ seed: 5, scale: 'tiny' });
const pmids = holdings.pubmed.slice(0, 12).map(({ pmid }) => pmid);
const ABSENT = 12_345;

let simulator: Simulator;
let bench: ReturnType<typeof fetcherOn>;
beforeEach(async () => {
  simulator = await startSimulator({ holdings });
  bench = fetcherOn(simulator.urls);
});
afterEach(async () => {
  await bench.close();
  await simulator.close();
});

async function calm<T>(work: () => Promise<T>): Promise<T> {
  const result = await work();
  bench.archive.entries.clear();
  return result;
}

test('a record that a batch lost is asked for singly, and the set is the same as a whole one', async () => {
  const whole = await calm(() => fetchRecords(bench, pmids));
  simulator.faults.arm({ path: 'efetch', kind: 'missing' });
  const healed = await fetchRecords(bench, pmids);
  expect(healed.missing).toEqual([]);
  expect(recordsOf(healed.xml)).toEqual(recordsOf(whole.xml));
  expect(simulator.ledger.eutils.requests).toBe(3);
});

test('a PMID that PubMed does not have is asked for singly twice, and told', async () => {
  const { missing, xml } = await fetchRecords(bench, [...pmids, ABSENT]);
  expect(missing).toEqual([ABSENT]);
  expect(recordsOf(xml)).toHaveLength(pmids.length);
  expect(simulator.ledger.eutils.requests).toBe(3);
  // From the archive it is known without asking.
  expect((await fetchRecords(bench, [...pmids, ABSENT])).missing).toEqual([ABSENT]);
  expect(simulator.ledger.eutils.requests).toBe(3);
});

test('a record that nobody asked for is told and left out', async () => {
  simulator.faults.arm({ path: 'efetch', kind: 'foreign' });
  const { foreign, xml } = await fetchRecords(bench, pmids);
  expect(foreign).toHaveLength(1);
  expect(recordsOf(xml)).toHaveLength(pmids.length);
});

test('a work that came twice in place of another makes a lookup ask again', async () => {
  const whole = await calm(() => worksByPmids(bench, pmids));
  simulator.faults.arm({ path: '/works', kind: 'duplicate' });
  const healed = await worksByPmids(bench, pmids);
  expect([...healed.matches.keys()]).toEqual([...whole.matches.keys()]);
  expect(healed.works.map(({ id }) => id)).toEqual(whole.works.map(({ id }) => id));
  expect(simulator.ledger.openalex.credits).toBe(3);
});

test('a lookup that stays short is refused', async () => {
  simulator.faults.arm({ path: '/works', kind: 'duplicate', times: 2 });
  expect(await errorOf(worksByPmids(bench, pmids))).toMatchObject({ type: 'BrokenAnswer', retryable: true });
});

test.each(['same-cursor', 'old-cursor'] as const)('a crawl that %s would lead in a circle asks for the page again', async (kind) => {
  const cited = citedOften();
  const crawlAll = async (): Promise<string[]> => {
    const ids: string[] = [];
    for await (const page of citingWorks(bench, cited)) ids.push(...page.rows.map(({ id }) => id));
    return ids;
  };
  const whole = await calm(crawlAll);
  expect(whole.length).toBeGreaterThan(100);
  simulator.faults.arm({ path: 'cites', kind, skip: 1 });
  expect(await crawlAll()).toEqual(whole);
});

test('a page that is no listing is tried again, and does not count as an empty folder', async () => {
  simulator.faults.arm([
    { path: '/baseline/$', kind: 'html200' },
    { path: '/updatefiles/$', kind: 'empty200' },
  ]);
  expect(await listBulk(bench)).toHaveLength(holdings.baseline.length + holdings.updatefiles.length);
});

test('a listing that leaves a file out is refused by its number', async () => {
  const gap = await startSimulator({ holdings: { ...holdings, baseline: holdings.baseline.filter((_, index) => index !== 1) } });
  const other = fetcherOn(gap.urls);
  expect((await errorOf(listBulk(other))).message).toContain('got none with number 2 of 26');
  await other.close();
  await gap.close();
});

function recordsOf(xml: Buffer): string[] {
  return xml.toString().match(/<PubmedArticle>[^]*?<\/PubmedArticle>|<PubmedBookArticle>[^]*?<\/PubmedBookArticle>/g) ?? [];
}

/** Works that more than a page of others cite. */
function citedOften(): string[] {
  const often = [...holdings.works].sort((a, b) => Number(b['cited_by_count']) - Number(a['cited_by_count'])).slice(0, 100);
  return often.map(({ id }) => id.replace('https://openalex.org/', ''));
}
