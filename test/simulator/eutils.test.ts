import { recordsOf } from '../../simulator/recorded/pubmed';
import { startSimulator, type Simulator } from '../../simulator/server';
import { buildWorld } from '../../simulator/world/build';

const world = buildWorld({ seed: 7, scale: 'tiny' });
const served = world.holdings.pubmed.map(({ pmid }) => pmid).sort((a, b) => b - a);
let simulator: Simulator;

beforeEach(async () => {
  simulator = await startSimulator({ holdings: world.holdings });
});
afterEach(() => simulator.close());

async function post(tool: string, fields: Record<string, string>): Promise<{ status: number; text: string }> {
  const response = await fetch(`${simulator.urls.eutils}/${tool}.fcgi`, {
    method: 'POST',
    body: new URLSearchParams({ db: 'pubmed', ...fields }),
  });
  return { status: response.status, text: await response.text() };
}

const search = async (term: string, fields: Record<string, string> = {}) => {
  const { text } = await post('esearch', { term, retmax: '9999', ...fields });
  return { count: Number(/<Count>(\d+)</.exec(text)?.[1]), ids: [...text.matchAll(/<Id>(\d+)</g)].map(([, id]) => Number(id)), text };
};

test('all[sb] finds everything, newest first', async () => {
  expect((await search('all[sb]')).ids).toEqual(served);
});

test('a keyword is found as a phrase in title or abstract, plural, hyphen and case aside', async () => {
  const expected = world.articles.filter(({ text, pmid }) => text.keywords.includes('machine learning') && served.includes(pmid));
  const { ids } = await search('"machine learning"[tiab]');
  const books = world.revisions.books;
  expect(ids.filter((id) => !books.includes(id)).sort()).toEqual(expected.map(({ pmid }) => pmid).sort());
  expect(expected.length).toBeGreaterThan(3);
});

test('Entrez date halves are disjoint and complete', async () => {
  const half = (low: string, high: string) =>
    search(`("neural network"[tiab] OR "robot"[Title/Abstract]) AND ("${low}"[EDAT] : "${high}"[EDAT])`);
  const whole = await half('1990/01/01', '2026/12/31');
  const [first, second] = [await half('1990/01/01', '2017/06/30'), await half('2017/07/01', '2026/12/31')];
  expect([...second.ids, ...first.ids].sort()).toEqual(whole.ids.sort());
  expect(first.count * second.count).toBeGreaterThan(0);
});

test('a year slice by parameters equals the one in the term', async () => {
  const inTerm = await search('all[sb] AND ("2019"[PDAT] : "2020"[PDAT])');
  const byParameters = await search('all[sb]', { datetype: 'pdat', mindate: '2019/01/01', maxdate: '2020/12/31' });
  expect(byParameters.ids).toEqual(inTerm.ids);
  expect(inTerm.count).toBeGreaterThan(0);
});

test('only the first hits up to the cap can be had', async () => {
  simulator.switches.searchCap = 50;
  const crossing = await search('all[sb]', { retstart: '40', retmax: '20' });
  expect([crossing.ids.length, crossing.count]).toEqual([10, served.length]);
  expect(crossing.text).toContain('Restrictions achieved');
  const past = await post('esearch', { term: 'all[sb]', retstart: '50' });
  expect(past.status).toBe(200);
  expect(past.text).toContain("<ERROR>Search Backend failed: Exception:\n'retstart' cannot be larger than 49.");
});

test('nothing found is a correct result, an unreadable term an ERROR', async () => {
  const nothing = await search('"no such phrase here"[tiab]');
  expect(nothing.count).toBe(0);
  expect(nothing.text).toContain('<PhraseNotFound>no such phrase here</PhraseNotFound>');
  expect((await search('((')).text).toContain('<ERROR>Search Backend failed');
});

test('stored results are paged by WebEnv and query key; unknown ones say so', async () => {
  const { text } = await search('all[sb]', { usehistory: 'y', retmax: '0' });
  const WebEnv = /<WebEnv>(.*?)</.exec(text)?.[1] ?? '';
  const page = await post('efetch', { retmode: 'xml', WebEnv, query_key: '1', retstart: '10', retmax: '7' });
  expect(recordsOf(page.text).map(({ pmid }) => pmid)).toEqual(served.slice(10, 17));
  expect(await post('efetch', { retmode: 'xml', WebEnv: 'MCID_gone', query_key: '1' })).toEqual({
    status: 200,
    text: expect.stringContaining('Unable to obtain query #1'),
  });
});

test('efetch gives the records in the order asked, books too, unknown ids left out', async () => {
  const ids = [served[5], 1, world.revisions.books[0], served[3], world.revisions.deleted[0]];
  const { text } = await post('efetch', { retmode: 'xml', id: ids.join(',') });
  expect(recordsOf(text).map(({ pmid }) => pmid)).toEqual([ids[0], ids[2], ids[3]]);
  expect(recordsOf((await post('efetch', { retmode: 'xml', id: '1,2' })).text)).toEqual([]);
});

test('efetch refuses as the real one does', async () => {
  expect(await post('efetch', { retmode: 'xml', id: 'abc' })).toEqual({
    status: 400,
    text: expect.stringContaining('ID list is empty! Possibly it has no correct IDs.'),
  });
  expect(await post('efetch', { id: '1', api_key: 'invalid' })).toEqual({
    status: 400,
    text: expect.stringContaining('"error":"API key invalid"'),
  });
  expect(
    (
      await fetch(
        `${simulator.urls.eutils}/efetch.fcgi?db=pubmed&id=${served.slice(0, 340).join('%2C')}%2C${served.slice(0, 100).join('%2C')}`,
      )
    ).status,
  ).toBe(414);
});

test('json answers give numbers as strings', async () => {
  const { text } = await post('esearch', { term: 'all[sb]', retmode: 'json', retmax: '2' });
  expect(JSON.parse(text)).toMatchObject({ esearchresult: { count: String(served.length), idlist: served.slice(0, 2).map(String) } });
});

test('more calls in a second than allowed are refused', async () => {
  simulator.switches.eutilsPerSecond = 1;
  await post('esearch', { term: 'all[sb]' });
  const refused = await post('esearch', { term: 'all[sb]' });
  expect([refused.status, JSON.parse(refused.text)]).toEqual([
    429,
    expect.objectContaining({ error: 'API rate limit exceeded', limit: '1' }),
  ]);
});
