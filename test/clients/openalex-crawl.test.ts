import type { CrawlOptions, Page } from '../../clients/openalex/crawl';
import { citingWorks } from '../../clients/openalex/crawls';
import type { WorkRecord } from '../../clients/openalex/records';
import { errorOf, fetcherOn, type Reply, scriptedServer } from './http-bench';

const row = (number: number) => ({ id: `https://openalex.org/W${number}` });
const rows = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => row(from + index));
const page = (count: number, next: string | null, results: object[]): Reply => ({
  body: JSON.stringify({ meta: { count, next_cursor: next }, results }),
});

/** Crawls the works that cite W1 on a server with these pages. */
async function crawled(replies: Reply[], options: CrawlOptions = {}, online: Parameters<typeof fetcherOn>[1] = {}) {
  const server = await scriptedServer(replies);
  const bench = fetcherOn(server.base, online);
  const pages: Page<WorkRecord>[] = [];
  const failure = await (async () => {
    for await (const one of citingWorks(bench, ['W1'], options)) pages.push(one);
  })().catch((error: unknown) => error);
  await bench.close();
  await server.close();
  const cursors = server.seen.map(({ url }) => new URL(url, server.base).searchParams.get('cursor'));
  return { pages, cursors, failure, last: pages.at(-1), ids: pages.flatMap((one) => one.rows.map(({ id }) => id)) };
}

test('ends on a null cursor', async () => {
  const { ids, cursors, last } = await crawled([page(150, 'a', rows(1, 100)), page(150, null, rows(101, 150))]);
  expect(ids).toHaveLength(150);
  expect(cursors).toEqual(['*', 'a']);
  expect(last).toMatchObject({ cursor: null, count: 150, tally: { distinct: 150, firstCount: 150, lastCount: 150, complete: true } });
});

test('does not pay for the empty page at the end of older lists', async () => {
  const { cursors, last } = await crawled([page(2, 'a', rows(1, 2)), page(2, null, [])]);
  expect(cursors).toEqual(['*']);
  expect(last?.cursor).toBeNull();
});

test('ends on an empty page when it cannot know that all have come', async () => {
  const { cursors, last } = await crawled([page(150, 'b', rows(101, 150)), page(150, 'c', [])], { cursor: 'a' });
  expect(cursors).toEqual(['a', 'b']);
  expect(last).toMatchObject({ cursor: null, tally: null });
});

test('a resumed crawl that knows what came before is complete', async () => {
  const seen = rows(1, 100).map(({ id }) => id.slice('https://openalex.org/'.length));
  const { last, ids } = await crawled([page(150, 'b', rows(101, 150))], { cursor: 'a', seen });
  expect(ids).toHaveLength(50);
  expect(last?.tally).toMatchObject({ distinct: 150, complete: true });
});

test('a row that moves to the next page comes once', async () => {
  const { ids, last } = await crawled([page(150, 'a', rows(1, 100)), page(150, null, rows(100, 150))]);
  expect(new Set(ids).size).toBe(ids.length);
  expect(last).toMatchObject({ repeated: 1, tally: { distinct: 150, complete: true } });
});

test('a count that grows meanwhile is followed', async () => {
  const { last } = await crawled([page(150, 'a', rows(1, 100)), page(201, 'b', rows(101, 200)), page(201, null, rows(201, 201))]);
  expect(last?.tally).toEqual({ distinct: 201, firstCount: 150, lastCount: 201, complete: true });
});

test('a last page that is short too early is asked for again', async () => {
  const { cursors, last } = await crawled([page(150, 'a', rows(1, 100)), page(150, null, rows(101, 120)), page(150, null, rows(101, 150))]);
  expect(cursors).toEqual(['*', 'a', 'a']);
  expect(last?.tally?.complete).toBe(true);
});

test('a list that stays short says so', async () => {
  const { last } = await crawled([page(150, 'a', rows(1, 100)), page(150, null, rows(101, 120))]);
  expect(last).toMatchObject({ cursor: null, tally: { distinct: 120, firstCount: 150, complete: false } });
});

test('a cursor that comes twice stops the crawl', async () => {
  const { failure } = await crawled([page(900, 'a', rows(1, 100)), page(900, 'b', rows(101, 200)), page(900, 'a', rows(201, 300))]);
  expect(failure).toMatchObject({ type: 'BrokenAnswer', retryable: true });
});

test('an empty list is complete', async () => {
  expect((await crawled([page(0, null, [])])).last).toMatchObject({ rows: [], cursor: null, tally: { distinct: 0, complete: true } });
});

test('a row of another shape is given back, and counts as having come', async () => {
  const { last } = await crawled([page(2, 'a', [row(1), { ...row(2), publication_year: 'x' }])]);
  expect(last).toMatchObject({ rows: [{ id: 'W1' }], refused: [{ id: row(2).id }], tally: { distinct: 2, complete: true } });
});

test('a crawl from the archive sends nothing, even one that stayed short', async () => {
  const server = await scriptedServer([page(150, 'a', rows(1, 100)), page(150, null, rows(101, 120))]);
  const bench = fetcherOn(server.base);
  for await (const one of citingWorks(bench, ['W1'])) expect(one.refused).toEqual([]);
  const sent = server.seen.length;
  for await (const one of citingWorks(bench, ['W1'])) expect(one.refused).toEqual([]);
  expect(server.seen).toHaveLength(sent);
  await bench.close();
  await server.close();
});

test.each([[[]], [['X1']], [['W1|W2']], [Array.from({ length: 101 }, (_, index) => `W${index}`)]])(
  'ids %j are refused before anything is sent',
  async (workIds) => {
    const bench = fetcherOn('http://127.0.0.1:1');
    expect(await errorOf((async () => citingWorks(bench, workIds).next())())).toMatchObject({ type: 'BadRequest' });
  },
);
