import { gzipSync } from 'node:zlib';
import { canonicalText, sha256 } from '../../clients/http/canonical';
import type { AtlasRequest } from '../../clients/http/ports';
import { memoryLimiter } from '../../clients/http/memory';
import { pauseAfter } from '../../clients/http/retry';
import { BadRequest, BudgetSpent, RateLimited, ServerTrouble } from '../../clients/http/errors';
import { errorOf, fetcherOn, handTurnedClock, type Reply, scriptedServer } from './http-bench';

const page = JSON.stringify({ meta: { count: 1, next_cursor: null }, results: [{ id: 'https://openalex.org/W1' }] });
const list: AtlasRequest = {
  service: 'openalex',
  method: 'GET',
  path: '/works',
  query: { filter: 'pmid:1', per_page: '100' },
  accept: 'json',
};
const single: AtlasRequest = { service: 'openalex', method: 'GET', path: '/works/W1', accept: 'json' };

/** Runs `work` with a fetcher on a server that gives these replies. */
async function against<T>(
  replies: Reply[],
  work: (bench: ReturnType<typeof fetcherOn> & { seen: { url: string }[] }) => Promise<T>,
  options: Parameters<typeof fetcherOn>[1] = {},
) {
  const server = await scriptedServer(replies);
  const bench = fetcherOn(server.base, options);
  try {
    return await work({ ...bench, seen: server.seen });
  } finally {
    await bench.close();
    await server.close();
  }
}

describe('canonical text', () => {
  // If this fails, every archive in the world is about to go cold.
  test('of a fixed request', () => {
    const request: AtlasRequest = {
      service: 'eutils',
      method: 'POST',
      path: '/esearch.fcgi',
      query: { b: '2 3', a: '|' },
      form: { term: 'x y', db: 'pubmed' },
      accept: 'xml',
    };
    expect(canonicalText(request)).toBe('eutils POST /esearch.fcgi?a=%7C&b=2+3\ndb=pubmed&term=x+y');
    expect(sha256(canonicalText(request))).toBe('bf53bd8b3d4b1c9e970d68cc5856fe7417774b34045749eb63a75331735a1d8d');
  });

  test('has no host, key, email or tool, and does not depend on order', () => {
    const asked = { ...list, query: { per_page: '100', filter: 'pmid:1', api_key: 'k', mailto: 'm', tool: 't', email: 'e' }, fresh: true };
    expect(canonicalText(asked)).toBe(canonicalText(list));
  });
});

describe('archive and ledger', () => {
  test('an answer is fetched once, and both requests are in the ledger', () =>
    against(
      [{ body: page, headers: { 'x-ratelimit-credits-used': '1', 'x-ratelimit-cost-usd': '0.0001' } }],
      async ({ fetch, ledger, seen }) => {
        const first = await fetch(list);
        const second = await fetch(list);
        expect(seen).toHaveLength(1);
        expect([first.cached, second.cached]).toEqual([false, true]);
        expect(second.body.equals(first.body)).toBe(true);
        expect(second.digest).toBe(sha256(page));
        expect(ledger.rows.map(({ cached, outcome }) => ({ cached, ...outcome }))).toEqual([
          { cached: false, status: 200, credits: 1, usd: 0.0001, bytes: page.length, rows: 1, error: null },
          { cached: true, status: 200, credits: 0, usd: 0, bytes: page.length, rows: null, error: null },
        ]);
      },
    ));

  test('asked twice at the same moment, an answer is fetched once', () =>
    against([{ body: page }], async ({ fetch, seen }) => {
      const both = await Promise.all([fetch(list), fetch(list)]);
      expect(both.map(({ cached }) => cached)).toEqual([false, true]);
      expect(seen).toHaveLength(1);
    }));

  test('who waits for an answer tries for it when the first one fails', () =>
    against([{ status: 400, body: '{}' }, { body: page }], async ({ fetch, seen }) => {
      const [first, second] = await Promise.allSettled([fetch(list), fetch(list)]);
      expect([first.status, second.status]).toEqual(['rejected', 'fulfilled']);
      expect(seen).toHaveLength(2);
    }));

  test('who is cancelled waits no longer, and lets nobody in before the turn', () =>
    against([{ body: page }], async ({ fetch, seen }) => {
      const cancel = new AbortController();
      const first = fetch(list);
      const second = errorOf(fetch(list, cancel.signal));
      const third = fetch(list);
      cancel.abort(new Error('cancelled by the user'));
      expect(await Promise.race([second, first.then(() => 'the first answer')])).toMatchObject({ message: 'cancelled by the user' });
      expect([(await first).cached, (await third).cached]).toEqual([false, true]);
      expect(seen).toHaveLength(1);
    }));

  test('a fresh request replaces what the archive has', () =>
    against([{ body: page }, { body: page.replace('W1', 'W2') }], async ({ fetch }) => {
      await fetch(list);
      await fetch({ ...list, fresh: true });
      expect((await fetch(list)).body.toString()).toContain('W2');
    }));

  test('offline, a miss is refused, a hit served, and nothing sent', () =>
    against([{ body: page }], async ({ fetch, archive, seen }) => {
      await fetch(list);
      const offline = fetcherOn('http://127.0.0.1:1', { offline: true, archive });
      expect((await offline.fetch({ ...list, fresh: true })).cached).toBe(true);
      expect(await errorOf(offline.fetch(single))).toMatchObject({ type: 'OfflineMiss', retryable: false });
      expect(seen).toHaveLength(1);
    }));

  test('a refused answer is not archived', () =>
    against([{ status: 400, body: '{"error":"Pagination error.","message":"Cursor is null."}' }], async ({ fetch, archive, ledger }) => {
      const error = await errorOf(fetch(list));
      expect(error).toBeInstanceOf(BadRequest);
      expect(error.message).toContain('Cursor is null.');
      expect(archive.entries.size).toBe(0);
      expect(ledger.rows[0]?.outcome?.error).toContain('BadRequest: Expected');
    }));

  test('a single record that is gone is an answer', () =>
    against([{ status: 404, body: '<!doctype html><title>404 Not Found</title>' }], async ({ fetch, seen }) => {
      expect((await fetch(single)).status).toBe(404);
      expect(await fetch(single)).toMatchObject({ status: 404, cached: true });
      expect(seen).toHaveLength(1);
    }));
});

describe('faults that pass', () => {
  const faults: [string, Reply][] = [
    ['a reset connection', { fault: 'reset' }],
    ['a body that is cut off', { body: page, fault: 'cut' }],
    ['a body that stalls', { body: page, fault: 'stall' }],
    ['headers that never come', { fault: 'silent' }],
    ['a 502', { status: 502, body: '<html>502</html>' }],
    ['an HTML page with status 200', { body: '<html>sorry</html>' }],
    ['results without a count', { body: '{"meta":{},"results":[]}' }],
    ['fewer rows than the count promises', { body: page.replace('"count":1', '"count":7') }],
    ['a truncated gzip body', { body: gzipSync(page).subarray(0, 30), headers: { 'content-encoding': 'gzip' } }],
  ];
  test.each(faults)('%s is tried again, and each try is in the ledger', (_, fault) =>
    against(
      [fault, { body: page }],
      async ({ fetch, ledger, clock }) => {
        expect((await fetch(list)).body.toString()).toBe(page);
        expect(ledger.rows.map(({ outcome }) => outcome?.error === null)).toEqual([false, true]);
        expect(clock.slept[0]).toBe(500);
      },
      { limits: { headersMs: 300, bodyMs: 300 } },
    ),
  );

  test('four tries, then the error', () =>
    against([{ status: 503, body: '' }], async ({ fetch, seen, clock }) => {
      expect(await errorOf(fetch(list))).toMatchObject({ type: 'ServerTrouble', retryable: true, status: 503 });
      expect(seen).toHaveLength(4);
      expect(clock.slept.filter((pause) => pause >= 500)).toEqual([500, 1000, 2000]);
    }));

  test('a server that is not there is unreachable', async () => {
    const { fetch, close } = fetcherOn('http://127.0.0.1:1');
    expect(await errorOf(fetch(list))).toMatchObject({ type: 'Unreachable', retryable: true });
    await close();
  });

  test('a body that is too large is refused', () =>
    against([{ body: page }], async ({ fetch }) => expect(await errorOf(fetch(list))).toMatchObject({ type: 'BrokenAnswer' }), {
      limits: { answerBytes: 20 },
    }));

  test('a gzip body is unpacked, also under the size limit', async () => {
    const long = page.replace('W1', `W${'1'.repeat(5000)}`);
    const packed = { body: gzipSync(long), headers: { 'content-encoding': 'gzip' } };
    await against([packed], async ({ fetch }) => expect((await fetch(list)).body.toString()).toBe(long));
    await against([packed], async ({ fetch }) => expect(await errorOf(fetch(list))).toMatchObject({ type: 'BrokenAnswer' }), {
      limits: { answerBytes: 1000 },
    });
  });

  test('a cancelled caller gets its reason, and the ledger row is closed', () =>
    against([{ fault: 'silent' }], async ({ fetch, ledger }) => {
      const controller = new AbortController();
      const answer = errorOf(fetch(list, controller.signal));
      setTimeout(() => controller.abort(new Error('enough')), 50);
      expect((await answer).message).toBe('enough');
      expect(ledger.rows.map(({ outcome }) => outcome?.error)).toEqual(['interrupted']);
    }));
});

describe('too many requests', () => {
  const pace = {
    status: 429,
    headers: { 'retry-after': '3' },
    body: '{"error":"Rate limit exceeded","message":"Rate limit exceeded: 30 requests per second","retryAfter":2.4}',
  };

  test('a short wait is waited, by everybody', () =>
    against([pace, { body: page }], async ({ fetch, clock }) => {
      const before = clock.now();
      await fetch(list);
      expect(clock.slept).toContain(3000);
      expect(clock.now() - before).toBeGreaterThanOrEqual(3000);
    }));

  test('a long wait is left to the caller', () =>
    against([{ ...pace, headers: { 'retry-after': '300' } }], async ({ fetch, seen }) => {
      expect(await errorOf(fetch(list))).toMatchObject({ type: 'RateLimited', retryAfterMs: 300_000 });
      expect(seen).toHaveLength(1);
    }));

  test('a spent budget is not a fault: it says when it ends', () => {
    const body =
      '{"error":"Rate limit exceeded","message":"Insufficient budget.","retryAfter":39907,"creditsRequired":1,"creditsRemaining":0,"onetimeCreditsRemaining":0}';
    return against([{ status: 429, headers: { 'x-ratelimit-reset': '43200', 'retry-after': '39907' }, body }], async ({ fetch, seen }) => {
      const error = await errorOf(fetch(list));
      expect(error).toBeInstanceOf(BudgetSpent);
      expect(error).toMatchObject({ type: 'BudgetSpent', retryAfterMs: 43_200_000, resetsAt: '2026-09-02T00:00:00.000Z' });
      expect(seen).toHaveLength(1);
    });
  });

  test('a filter of a paid plan is refused for good', () =>
    against([{ status: 429, body: '{"error":"Plan upgrade required","message":"…"}' }], async ({ fetch }) =>
      expect(await errorOf(fetch(list))).toMatchObject({ type: 'BadRequest', retryable: false }),
    ));

  test('pauses double, stay within 30 seconds, and end after four tries', () => {
    const slow = new RateLimited('slow');
    expect([1, 2, 3, 4].map((tries) => pauseAfter(slow, tries, 0))).toEqual([2000, 4000, 8000, null]);
    expect(pauseAfter(new RateLimited('x', { retryAfterMs: 10 }), 1, 0)).toBe(1000);
    expect(pauseAfter(new ServerTrouble('x', { retryAfterMs: 31_000 }), 1, 0)).toBeNull();
    expect(pauseAfter(new TypeError('x'), 1, 0)).toBeNull();
  });
});

describe('redirects', () => {
  const moved = { status: 301, headers: { location: '/works/W2' } };

  test('of a single record are followed', () =>
    against([moved, { body: '{"id":"https://openalex.org/W2"}' }], async ({ fetch, seen, ledger }) => {
      expect((await fetch(single)).body.toString()).toContain('W2');
      expect(seen.map(({ url }) => url)).toEqual(['/works/W1', '/works/W2']);
      expect(ledger.rows.map(({ outcome }) => outcome?.status)).toEqual([301, 200]);
    }));

  test('that never end are not', () =>
    against([moved], async ({ fetch, seen }) => {
      expect(await errorOf(fetch(single))).toMatchObject({ type: 'NotFound' });
      expect(seen).toHaveLength(4);
    }));

  test('to another host are not: the key would go there', () =>
    against([{ ...moved, headers: { location: 'http://127.0.0.1:1/works/W2' } }], async ({ fetch }) => {
      expect((await errorOf(fetch(single))).message).toContain('got one to http://127.0.0.1:1');
    }));

  test.each([list, { service: 'eutils', method: 'POST', path: '/esearch.fcgi', form: {}, accept: 'xml' } as const])(
    'of $service $path are refused',
    (request) => against([moved], async ({ fetch }) => expect(await errorOf(fetch(request))).toMatchObject({ type: 'BrokenAnswer' })),
  );
});

test('an OpenAlex address over 4,000 bytes is never sent', () =>
  against([{ body: page }], async ({ fetch, seen }) => {
    expect(await errorOf(fetch({ ...list, query: { filter: `doi:${'x'.repeat(4000)}` } }))).toMatchObject({ type: 'BadRequest' });
    expect(seen).toHaveLength(0);
  }));

test('the limiter spaces requests of a service evenly, and a penalty moves them all', async () => {
  const clock = handTurnedClock(0);
  const limiter = memoryLimiter({ openalex: 8, eutils: 2.5, bulk: 1, snapshot: 1 }, clock);
  const turns: number[] = [];
  for (let turn = 0; turn < 3; turn++) {
    await limiter.wait('eutils');
    turns.push(clock.now());
  }
  await limiter.penalty('eutils', 5000);
  await limiter.wait('openalex');
  turns.push(clock.now());
  await limiter.wait('eutils');
  expect([...turns, clock.now()]).toEqual([0, 400, 800, 800, 5800]);
});
