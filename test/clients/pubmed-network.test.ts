import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { entryDaysAround, halves } from '../../clients/pubmed/entry-days';
import { fetchRecords } from '../../clients/pubmed/fetch';
import { searchWindow } from '../../clients/pubmed/search';
import { readSearchAnswer } from '../../clients/pubmed/search-answer';
import { servedPmids } from '../../clients/pubmed/served';
import { sliceWindows } from '../../clients/pubmed/slices';
import { startSimulator } from '../../simulator/server';
import type { PubmedHolding } from '../../simulator/holdings';
import { errorOf, fetcherOn, scriptedServer } from './http-bench';

const recorded = process.env['ATLAS_RECORDED'] ?? path.resolve(__dirname, '../../../shared/data/fixtures');
const present = existsSync(path.join(recorded, 'pubmed'));
if (!present) console.warn(`Recorded answers of PubMed are not at ${recorded}; their tests are skipped. Set ATLAS_RECORDED.`);
const text = (name: string) => readFileSync(path.join(recorded, 'pubmed', name), 'utf8');

(present ? describe : describe.skip)('recorded answers', () => {
  test('of a search', () => {
    const answer = readSearchAnswer(text('esearch/esearch1.xml'));
    expect(answer).toMatchObject({ count: 63, translation: '"biopython"[All Fields]', warnings: [] });
    expect([answer.pmids.length, answer.pmids[0]]).toEqual([20, 41282813]);
  });

  test('of a search with more hits than ids', () => expect(readSearchAnswer(text('esearch/esearch2.xml'))).toMatchObject({ count: 42249 }));

  test('of a search that finds nothing: zero, with its reason', () => {
    expect(readSearchAnswer(text('esearch/esearch8.xml'))).toEqual({
      count: 0,
      pmids: [],
      translation: '(abcXYZ[All Fields])',
      warnings: ['PhraseNotFound: abcXYZ', 'OutputMessage: No items found.'],
    });
  });

  test.each(['epost/epost2.xml', 'epost/epost3.xml', 'efetch/empty-set-37909814.xml'])('%s is no search', (name) => {
    expect(() => readSearchAnswer(text(name))).toThrow('Expected an eSearchResult');
  });

  test.each([
    ['efetch/38591913.xml', [38591913]],
    ['efetch/book-20301577.xml', [20301577]],
    ['efetch/biopython-pubmed1.xml', [12091962, 9997]],
    ['efetch/empty-set-37909814.xml', []],
  ])('%s serves %j', (name, pmids) => expect([...servedPmids(Buffer.from(text(name)))]).toEqual(pmids));
});

const day = (offset: number) => new Date(Date.UTC(2014, 11, 1) + offset * 86_400_000).toISOString().slice(0, 10);

/** A record published in 2015 and entered so many days after 1 December 2014. */
function holding(pmid: number, entered: number): PubmedHolding {
  const [year, month, date] = day(entered).split('-');
  const dates = `<PubMedPubDate PubStatus="entrez"><Year>${year}</Year><Month>${month}</Month><Day>${date}</Day></PubMedPubDate>`;
  const article =
    '<Article><Journal><JournalIssue><PubDate><Year>2015</Year></PubDate></JournalIssue></Journal><ArticleTitle>Deep learning</ArticleTitle></Article>';
  const xml = `<PubmedArticle><MedlineCitation><PMID Version="1">${pmid}</PMID>${article}</MedlineCitation><PubmedData><History>${dates}</History></PubmedData></PubmedArticle>`;
  return { pmid, xml };
}

async function simulated<T>(
  pubmed: PubmedHolding[],
  work: (bench: ReturnType<typeof fetcherOn> & { simulator: Awaited<ReturnType<typeof startSimulator>> }) => Promise<T>,
  searchCap = 9999,
) {
  const simulator = await startSimulator({
    holdings: { world: 'test', works: [], sources: [], merged: new Map(), pubmed, baseline: [], updatefiles: [] },
    switches: { searchCap },
  });
  const bench = fetcherOn(simulator.urls, { secrets: { ncbiKey: 'key' } });
  try {
    return await work({ ...bench, simulator });
  } finally {
    await bench.close();
    await simulator.close();
  }
}

const term = '"deep learning"[tiab]';
const spread = Array.from({ length: 300 }, (_, index) => holding(1000 + index, (index * 7) % 600));

describe('searching', () => {
  test('a window gives its count and its PMIDs; the key is in no address', () =>
    simulated(spread, async ({ simulator, ...bench }) => {
      const found = await searchWindow(bench, { term, from: '2015/01/01', to: '2015/12/31' });
      expect([found.count, new Set(found.pmids).size]).toEqual([300, 300]);
      expect(await searchWindow(bench, { term, from: '2016/01/01', to: '2016/12/31' })).toMatchObject({ count: 0, pmids: [] });
      expect(simulator.ledger.eutils.keyInUrl).toBe(0);
    }));

  test.each([7, 40, 299, 300])('slices of at most %i hits add up and give every PMID, and searching them again sends nothing', (cap) =>
    simulated(
      spread,
      async ({ simulator, ...bench }) => {
        const { slices, years } = await sliceWindows(bench, { term, years: [2014, 2016], cap });
        expect(years).toEqual([
          { year: 2014, count: 0, sum: 0 },
          { year: 2015, count: 300, sum: 300 },
          { year: 2016, count: 0, sum: 0 },
        ]);
        expect(slices.every(({ count }) => count > 0 && count <= cap)).toBe(true);
        const sent = simulator.ledger.eutils.requests;
        const pmids = (await Promise.all(slices.map((slice) => searchWindow(bench, slice)))).flatMap((found) => found.pmids);
        expect(pmids.sort()).toEqual(spread.map(({ pmid }) => pmid));
        expect(simulator.ledger.eutils.requests).toBe(sent);
      },
      cap,
    ),
  );

  test.each([
    [1, 'are searched anew'],
    [2, 'and stay so are refused, never counted'],
  ])('slices that miss hits of their year %i time(s) %s', (times) =>
    simulated(
      spread,
      async ({ simulator, ...bench }) => {
        const body = '<eSearchResult><Count>0</Count><RetMax>0</RetMax><RetStart>0</RetStart><IdList/></eSearchResult>';
        simulator.faults.arm({ path: '2015%2F01%2F01%22%5BEDAT%5D.+%222015%2F12%2F31', status: 200, body, times });
        const sliced = sliceWindows(bench, { term, years: [2015, 2015], cap: 40 });
        if (times === 1) expect((await sliced).years).toEqual([{ year: 2015, count: 300, sum: 300 }]);
        else expect(await errorOf(sliced)).toMatchObject({ type: 'BrokenAnswer', retryable: true });
      },
      40,
    ),
  );

  test('a day with more hits than can be had is an error, not a gap', () =>
    simulated(
      Array.from({ length: 20 }, (_, index) => holding(1 + index, 50)),
      async (bench) =>
        expect(await errorOf(sliceWindows(bench, { term, years: [2015, 2015], cap: 10 }))).toMatchObject({ type: 'BadRequest' }),
      10,
    ));

  test('an ERROR is a failed request, not zero', () =>
    simulated(spread, async (bench) =>
      expect(await errorOf(searchWindow(bench, { term: '((', from: '2015/01/01', to: '2015/12/31' }))).toMatchObject({
        type: 'ServerTrouble',
      }),
    ));

  test('a day in another form is refused', async () => {
    expect(await errorOf(searchWindow(fetcherOn('http://127.0.0.1:1'), { term, from: '2015', to: '2015/12/31' }))).toMatchObject({
      type: 'BadRequest',
    });
  });

  test('halves share no day and leave none out, down to single days', () => {
    const number = (text: string) => Date.parse(`${text.replaceAll('/', '-')}T00:00:00Z`) / 86_400_000;
    const window = fc.constantFrom(...entryDaysAround(2015));
    fc.assert(
      fc.property(window, fc.infiniteStream(fc.boolean()), (start, turns) => {
        let days = start;
        for (let both = halves(days); both !== null; both = halves(days)) {
          const [low, high] = both;
          expect([low.from, high.to]).toEqual([days.from, days.to]);
          expect(number(high.from)).toBe(number(low.to) + 1);
          days = turns.next().value ? high : low;
        }
        expect(days.from).toBe(days.to);
      }),
      { numRuns: 50 },
    );
  });
});

describe('fetching', () => {
  test('gives the set as it came and says what is missing', () =>
    simulated(spread, async (bench) => {
      const { xml, missing, foreign } = await fetchRecords(bench, [1001, 5, 1000]);
      expect([...servedPmids(xml)]).toEqual([1000, 1001]);
      expect([missing, foreign]).toEqual([[5], []]);
    }));

  test.each(['reset', 'truncate', 'html200', 'json200', 'error200', 'proxy400', 'empty200'] as const)('a %s is tried again', (kind) =>
    simulated(spread, async ({ simulator, ...bench }) => {
      simulator.faults.arm({ kind });
      expect((await fetchRecords(bench, [1000])).missing).toEqual([]);
      expect(simulator.ledger.eutils.requests).toBe(2);
    }),
  );

  test('a refusal of all ids is an empty set', async () => {
    const server = await scriptedServer([
      { status: 400, body: '<eFetchResult><ERROR>ID list is empty! Possibly it has no correct IDs.</ERROR></eFetchResult>' },
    ]);
    const bench = fetcherOn(server.base);
    const { xml, missing } = await fetchRecords(bench, [1, 2]);
    expect(xml.toString()).toContain('<PubmedArticleSet></PubmedArticleSet>');
    expect(missing).toEqual([1, 2]);
    await bench.close();
    await server.close();
  });

  test('a record nobody asked for is named', async () => {
    const server = await scriptedServer([{ body: `<PubmedArticleSet>${holding(7, 1).xml}</PubmedArticleSet>` }]);
    const bench = fetcherOn(server.base);
    expect(await fetchRecords(bench, [1])).toMatchObject({ missing: [1], foreign: [7] });
    await bench.close();
    await server.close();
  });

  test.each([[[]], [[0]], [[1.5]], [Array.from({ length: 201 }, (_, index) => index + 1)]])('PMIDs %j are refused', async (pmids) => {
    expect(await errorOf(fetchRecords(fetcherOn('http://127.0.0.1:1'), pmids))).toMatchObject({ type: 'BadRequest' });
  });
});
