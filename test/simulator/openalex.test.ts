import { startSimulator, type Simulator } from '../../simulator/server';
import { buildWorld } from '../../simulator/world/build';

const world = buildWorld({ seed: 7, scale: 'tiny' });
let simulator: Simulator;
let now = Date.UTC(2026, 2, 2, 12);

interface Listing {
  meta: { count: number; next_cursor: string | null; page: number | null };
  results: { id: string; authorships: unknown[] }[];
}

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${simulator.urls.openalex}${path}`, { headers, redirect: 'manual' });
const list = async (path: string) => (await (await get(path)).json()) as Listing;
const message = async (path: string) => {
  const response = await get(path);
  return [response.status, ((await response.json()) as { message: string }).message] as const;
};

beforeEach(async () => {
  now = Date.UTC(2026, 2, 2, 12);
  simulator = await startSimulator({ holdings: world.holdings, now: () => now });
});
afterEach(() => simulator.close());

const linked = world.articles.filter(({ link, features }) => link === 'pmid' && !features.has('two-works')).slice(0, 100);

test('100 PMIDs are found in one call that costs one credit; 101 are refused and charged', async () => {
  const pmids = linked.map(({ pmid }) => pmid);
  const found = await list(`/works?filter=pmid:${pmids.join('|')}&per_page=100&cursor=*&select=id`);
  expect(found.results.map(({ id }) => id).sort()).toEqual(linked.map(({ workId }) => `https://openalex.org/${workId}`).sort());
  expect(await message(`/works?filter=pmid:${[...pmids, 1].join('|')}`)).toEqual([
    400,
    expect.stringContaining('Decrease values to 100 or below'),
  ]);
  expect(simulator.ledger.openalex).toMatchObject({ requests: 2, credits: 2, refused: 1 });
});

test('a cursor walks the whole list once', async () => {
  const seen: string[] = [];
  let cursor: string | null = '*';
  while (cursor !== null) {
    const page: Listing = await list(
      `/works?filter=primary_location.source.type:conference&per_page=50&cursor=${encodeURIComponent(cursor)}`,
    );
    seen.push(...page.results.map(({ id }) => id));
    cursor = page.meta.next_cursor;
  }
  const expected = world.holdings.works.filter(({ primary_location: place }) => JSON.stringify(place).includes('"type":"conference"'));
  expect([...seen].sort()).toEqual(expected.map(({ id }) => id).sort());
});

test.each([
  ['null-on-short-page', null],
  ['null-after-empty-page', expect.any(String)],
] as const)('cursorEnd %s', async (cursorEnd, expected) => {
  simulator.switches.cursorEnd = cursorEnd;
  const page = await list('/sources?filter=type:conference&per_page=100&cursor=*');
  expect(page.meta.next_cursor).toEqual(expected);
  if (page.meta.next_cursor === null) return;
  const after = await list(`/sources?filter=type:conference&per_page=100&cursor=${encodeURIComponent(page.meta.next_cursor)}`);
  expect([after.results, after.meta.next_cursor]).toEqual([[], null]);
});

test('links come from the truth: cites with OR gives each citing work once', async () => {
  const cited = [...new Set(world.citations.links.map((link) => link.cited))].slice(0, 40);
  const citing = new Set(world.citations.links.filter((link) => cited.includes(link.cited)).map((link) => link.citing));
  const page = await list(`/works?filter=cites:${cited.join('|')}&per_page=200`);
  expect(page.meta.count).toBe(citing.size);
});

test.each([
  ['publication_year:2019', ({ publication_year: year }: Record<string, unknown>) => year === 2019],
  ['publication_year:2019-2021', ({ publication_year: year }: Record<string, unknown>) => Number(year) >= 2019 && Number(year) <= 2021],
  [
    'publication_year:>2021,is_retracted:false',
    (row: Record<string, unknown>) => Number(row['publication_year']) > 2021 && row['is_retracted'] === false,
  ],
  [
    'has_abstract:true,publication_year:<2010',
    (row: Record<string, unknown>) => Number(row['publication_year']) < 2010 && row['abstract_inverted_index'] !== null,
  ],
  ['type:!article', ({ type }: Record<string, unknown>) => type !== 'article'],
  ['concepts.id:C86803240|C71924100', ({ concepts }: Record<string, unknown>) => /C86803240|C71924100/.test(JSON.stringify(concepts))],
])('filter %s', async (filter, expected) => {
  const { meta } = await list(`/works?filter=${encodeURIComponent(filter)}`);
  expect(meta.count).toBe(world.holdings.works.filter(expected).length);
  expect(meta.count).toBeGreaterThan(0);
});

test.each([
  ['/works?filter=nonsense:1', 'nonsense is not a valid field. Valid fields are underscore or hyphenated versions of: '],
  ['/works?select=nonsense', 'nonsense is not a valid select field. Valid fields for select are: id, doi'],
  ['/works?per_page=201', 'per-page parameter must be between 1 and 200.'],
  ['/works?per_page=100&page=101', 'Maximum results size of 10,000 records is exceeded.'],
  ['/works?cursor=null', 'Cursor is null. Likely reached end of results.'],
  ['/works?cursor=*&page=1', 'Cannot use page parameter with cursor.'],
  ['/works?nonsense=1', 'nonsense is not a valid parameter'],
  ['/works?filter=doi:10.1/a,b', 'has no colon'],
  [`/works?filter=doi:${'x'.repeat(4100)}`, 'Request URL too long'],
])('refuses %s', async (path, text) => {
  expect(await message(path)).toEqual([400, expect.stringContaining(text)]);
});

test('single records are free, by every kind of id; unknown ones are an HTML 404', async () => {
  const { pmid, doi, workId } = world.articles.find(
    (article) => article.link === 'pmid' && article.doi !== null && !article.features.has('two-works'),
  ) ?? { pmid: 0, doi: '', workId: '' };
  for (const name of [workId, `pmid:${pmid}`, `doi:${encodeURIComponent(doi ?? '')}`])
    expect((await get(`/works/${name}`)).status).toBe(200);
  expect((await get(`/works/${String(workId).toLowerCase()}`)).headers.get('location')).toBe(`/openalex/works/${workId}`);
  const missing = await get('/works/W1');
  expect([missing.status, missing.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8']);
  expect(simulator.ledger.openalex.credits).toBe(0);
});

test('a merged work redirects or is gone', async () => {
  const [old, survivor] = [...world.works.merged][0] ?? ['', ''];
  const moved = await get(`/works/${old}`);
  expect([moved.status, moved.headers.get('location')]).toEqual([301, `/openalex/works/${survivor}`]);
  simulator.switches.mergedWorks = 'gone';
  expect((await get(`/works/${old}`)).status).toBe(404);
});

test('lists stop at 100 authors, single records do not', async () => {
  const id = world.articles.find(({ features }) => features.has('over-100-authors'))?.workId;
  const [short] = (await list(`/works?filter=openalex:${id}`)).results;
  const whole = (await (await get(`/works/${id}`)).json()) as { authorships: { author_position: string }[] };
  expect([short?.authorships.length, whole.authorships.length, whole.authorships.at(-1)?.author_position]).toEqual([100, 130, 'last']);
});

test.each<[string, Record<string, string>, number]>([
  ['', {}, 200],
  ['?api_key=good', {}, 200],
  ['?api_key=invalid', {}, 401],
  ['?api_key=', {}, 401],
  ['', { authorization: 'Bearer good' }, 200],
  ['', { authorization: 'Bearer invalid' }, 401],
  ['', { api_key: 'invalid' }, 401],
])('key in %s %j → %i', async (query, headers, status) => {
  expect((await get(`/works${query}`, headers)).status).toBe(status);
});

test('the daily budget ends with 429 and comes back at midnight UTC', async () => {
  simulator.switches.dailyCredits = 2;
  const first = await get('/works?per_page=1');
  expect([
    first.headers.get('x-ratelimit-limit'),
    first.headers.get('x-ratelimit-remaining'),
    first.headers.get('x-ratelimit-reset'),
  ]).toEqual(['2', '1', '43200']);
  await get('/works?per_page=1');
  const refused = await get('/works?per_page=1');
  expect([refused.status, refused.headers.get('retry-after'), refused.headers.get('x-ratelimit-credits-required')]).toEqual([
    429,
    '43200',
    '1',
  ]);
  expect(await refused.json()).toMatchObject({
    error: 'Rate limit exceeded',
    message: expect.stringMatching(/^Insufficient budget/),
    creditsRemaining: 0,
  });
  expect((await get('/works/W1')).status).toBe(404);
  now += 43_200_000;
  expect((await get('/works?per_page=1')).status).toBe(200);
});

test('more calls in a second than allowed are refused, and the ledger knows the peak', async () => {
  simulator.switches.openalexPerSecond = 2;
  const statuses = [(await get('/works')).status, (await get('/works')).status, (await get('/works')).status];
  now += 1000;
  expect([...statuses, (await get('/works')).status]).toEqual([200, 200, 429, 200]);
  expect(simulator.ledger.openalex).toMatchObject({ maxPerSecond: 3, credits: 3 });
});

test('a paid filter is refused with 429 and no rate headers', async () => {
  const response = await get('/works?filter=from_updated_date:2026-01-01');
  expect([response.status, response.headers.get('x-ratelimit-limit')]).toEqual([429, null]);
});
