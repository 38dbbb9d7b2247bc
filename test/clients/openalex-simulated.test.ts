import { conferenceSources, worksOfSourceByYear } from '../../clients/openalex/crawls';
import { worksByDois, worksByPmids } from '../../clients/openalex/lookup';
import { workSingly } from '../../clients/openalex/single';
import type { Page } from '../../clients/openalex/crawl';
import { startSimulator } from '../../simulator/server';
import type { Holdings, Row } from '../../simulator/holdings';
import type { SwitchSettings } from '../../simulator/switches';
import { errorOf, fetcherOn, scriptedServer } from './http-bench';

const url = 'https://openalex.org/';
const awkward = '10.1002/(sici)1097(1998)17:15<1661::aid,sim>3.0.co;2-2';

function work(number: number, more: Row | object = {}): Row {
  const ids = { openalex: `${url}W${number}`, pmid: `https://pubmed.ncbi.nlm.nih.gov/${number}` };
  const source = { id: `${url}S1`, display_name: 'Proceedings', type: 'conference', issn: null, issn_l: null };
  return {
    id: `${url}W${number}`,
    doi: `https://doi.org/10.1000/${number}`,
    title: 'x',
    ids,
    publication_year: 2015,
    cited_by_count: number,
    primary_location: { source },
    ...more,
  };
}

const sources: Row[] = Array.from({ length: 230 }, (_, index) => ({
  id: `${url}S${index + 1}`,
  display_name: `Series ${index}`,
  type: index < 210 ? 'conference' : 'journal',
}));
const plain = Array.from({ length: 1000 }, (_, index) => work(1001 + index));
const special = [
  work(1, { authorships: Array.from({ length: 150 }, (_, index) => ({ author_position: index === 149 ? 'last' : 'middle' })) }),
  work(2, { doi: `https://doi.org/${awkward}` }),
  work(3, { ids: { openalex: `${url}W3`, pmid: 'https://pubmed.ncbi.nlm.nih.gov/1001' } }),
];

const holdings: Holdings = {
  world: 'test',
  works: [...plain, ...special],
  sources,
  merged: new Map([['W900', 'W1001']]),
  pubmed: [],
  baseline: [],
  updatefiles: [],
};

async function simulated<T>(
  work: (bench: ReturnType<typeof fetcherOn> & { simulator: Awaited<ReturnType<typeof startSimulator>> }) => Promise<T>,
  switches: SwitchSettings = {},
) {
  const simulator = await startSimulator({ holdings, switches });
  const bench = fetcherOn(simulator.urls, { secrets: { openalexKey: 'key' } });
  try {
    return await work({ ...bench, simulator });
  } finally {
    await bench.close();
    await simulator.close();
  }
}

async function all<Row>(pages: AsyncGenerator<Page<Row>>): Promise<{ rows: Row[]; last: Page<Row> | undefined }> {
  const read: Page<Row>[] = [];
  for await (const page of pages) read.push(page);
  return { rows: read.flatMap(({ rows }) => rows), last: read.at(-1) };
}

test('linking 1,000 PMIDs costs exactly 10 credits and shows the key to nobody', () =>
  simulated(async ({ simulator, ledger, ...bench }) => {
    const pmids = plain.map((_, index) => 1001 + index).filter((pmid) => pmid !== 1001);
    pmids.push(999_999);
    for (let start = 0; start < 1000; start += 100) await worksByPmids(bench, pmids.slice(start, start + 100));
    expect(simulator.ledger.openalex).toMatchObject({ requests: 10, credits: 10, keyInUrl: 0, refused: 0 });
    expect(ledger.rows.reduce((sum, { outcome }) => sum + (outcome?.credits ?? 0), 0)).toBe(10);
  }));

test('works are assigned by their own PMID: two of one, none of another', () =>
  simulated(async (bench) => {
    const found = await worksByPmids(bench, [1001, 1002, 5]);
    expect(
      found.matches
        .get(1001)
        ?.map(({ id }) => id)
        .sort(),
    ).toEqual(['W1001', 'W3']);
    expect(found.matches.get(1002)?.map(({ id }) => id)).toEqual(['W1002']);
    expect(found).toMatchObject({ missing: [5], foreign: [], refused: [] });
  }));

test('more than 100 works for 100 PMIDs take a second page', () =>
  simulated(async ({ simulator, ...bench }) => {
    const found = await worksByPmids(
      bench,
      plain.slice(0, 100).map((_, index) => 1001 + index),
    );
    expect(found.works).toHaveLength(101);
    expect(simulator.ledger.openalex.credits).toBe(2);
  }));

test('DOIs that a filter cannot hold are looked up singly, for free', () =>
  simulated(async ({ simulator, ...bench }) => {
    const found = await worksByDois(bench, [`https://doi.org/${awkward.toUpperCase()}`, '10.1000/1005', '10.1000/none,such']);
    expect(found.matches.get(awkward)?.[0]?.id).toBe('W2');
    expect(found.matches.get('10.1000/1005')?.[0]?.id).toBe('W1005');
    expect(found.missing).toEqual(['10.1000/none,such']);
    expect(simulator.ledger.openalex).toMatchObject({ requests: 3, credits: 1 });
  }));

test('a list cuts authors at 100 and a single record does not', () =>
  simulated(async (bench) => {
    const { works } = await worksByPmids(bench, [1]);
    expect(works[0]).toMatchObject({ truncatedAuthors: true });
    const { works: whole } = await workSingly(bench, { id: 'W1' });
    expect(whole[0]).toMatchObject({ truncatedAuthors: false });
    expect(whole[0]?.authorships.at(-1)?.position).toBe('last');
  }));

test.each(['redirect', 'gone'] as const)('a merged work: %s', (mergedWorks) =>
  simulated(
    async ({ simulator, ...bench }) => {
      const single = await workSingly(bench, { id: 'W900' });
      const expected =
        mergedWorks === 'gone'
          ? { works: [], agrees: false, renamed: null }
          : { works: [{ id: 'W1001' }], agrees: false, renamed: { from: 'W900', to: 'W1001' } };
      expect(single).toMatchObject(expected);
      expect(simulator.ledger.openalex.credits).toBe(0);
    },
    { mergedWorks },
  ),
);

describe.each(['null-on-short-page', 'null-after-empty-page'] as const)('with a cursor that ends %s', (cursorEnd) => {
  test('all conference sources come, at one credit for a hundred', () =>
    simulated(
      async ({ simulator, ...bench }) => {
        const { rows, last } = await all(conferenceSources(bench));
        expect(new Set(rows.map(({ id }) => id)).size).toBe(210);
        expect(last?.tally?.complete).toBe(true);
        expect(simulator.ledger.openalex.credits).toBe(3);
      },
      { cursorEnd },
    ));

  test('all works of a source in a year come, also when the crawl stops and goes on', () =>
    simulated(
      async (bench) => {
        const { value: first } = await worksOfSourceByYear(bench, { sourceIds: ['S1'], year: 2015 }).next();
        const start = first as Page<{ id: string }>;
        const rest = await all(worksOfSourceByYear(bench, { sourceIds: ['S1'], year: 2015 }, { cursor: start.cursor ?? '' }));
        expect(new Set([...start.rows, ...rest.rows].map(({ id }) => id)).size).toBe(1003);
        expect((await all(worksOfSourceByYear(bench, { sourceIds: ['S1'], year: 2016 }))).rows).toEqual([]);
      },
      { cursorEnd },
    ));
});

test('a spent budget stops the crawl until midnight UTC', () =>
  simulated(
    async (bench) => {
      await worksByPmids(bench, [1]);
      const error = await errorOf(worksByPmids(bench, [2]));
      expect(error).toMatchObject({ type: 'BudgetSpent', retryable: true });
    },
    { dailyCredits: 1 },
  ));

test.each(['reset', 'truncate', 'html200', 'json200'] as const)('a %s on the way changes nothing', (kind) =>
  simulated(async ({ simulator, ...bench }) => {
    simulator.faults.arm([{ kind }, { status: 503, skip: 1 }]);
    expect((await all(conferenceSources(bench))).rows).toHaveLength(210);
  }),
);

test('a query that takes too long is halved', async () => {
  const server = await scriptedServer(({ url: asked }) => {
    const pmids = new URL(asked, 'http://x').searchParams.get('filter')?.slice('pmid:'.length).split('|') ?? [];
    if (pmids.length > 2) return { status: 504, body: '{"error":"x","reason":"query_timeout"}' };
    return { body: JSON.stringify({ meta: { count: pmids.length }, results: pmids.map((pmid) => work(Number(pmid))) }) };
  });
  const bench = fetcherOn(server.base);
  const found = await worksByPmids(bench, [1, 2, 3, 4, 5]);
  expect(found.works.map(({ pmid }) => pmid)).toEqual([1, 2, 3, 4, 5]);
  await bench.close();
  await server.close();
});
