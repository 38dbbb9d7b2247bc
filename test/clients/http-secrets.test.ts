import { inspect } from 'node:util';
import type { AtlasRequest } from '../../clients/http/ports';
import { createRedact } from '../../clients/http/redact';
import { errorOf, fetcherOn, scriptedServer } from './http-bench';

const secrets = { openalexKey: 'openalex+key/1', ncbiKey: 'ncbi0123456789abcdef', contactEmail: 'someone@example.org' };
const values = Object.values(secrets);
const requests: AtlasRequest[] = [
  { service: 'openalex', method: 'GET', path: '/works', query: { filter: 'pmid:1' }, accept: 'json' },
  { service: 'openalex', method: 'GET', path: '/works/W1', accept: 'json' },
  { service: 'eutils', method: 'POST', path: '/efetch.fcgi', form: { db: 'pubmed', id: '1' }, accept: 'xml' },
  { service: 'eutils', method: 'GET', path: '/esearch.fcgi', query: { db: 'pubmed', term: 'x' }, accept: 'xml' },
  { service: 'bulk', method: 'GET', path: '/baseline/', accept: 'bytes' },
];
const repeated = values.map((value) => `${value} ${encodeURIComponent(value)}`).join(' ');
const bodies = [
  `{"error":"API key invalid","api-key":"${secrets.ncbiKey}","type":"invalid","status":"unknown"}`,
  `{"error":"API rate limit exceeded","api-key":"${secrets.ncbiKey}","count":"5","limit":"3"}`,
  `{"error":"Invalid or missing API key","message":"${repeated}"}`,
  `<eFetchResult><ERROR>refused ${repeated}</ERROR></eFetchResult>`,
  `<html>${repeated}</html>`,
];
const cases = [200, 400, 401, 429, 500].flatMap((status) => bodies.map((body) => ({ status, body })));

test.each(cases)('no secret leaves with status $status and $body', async ({ status, body }) => {
  const server = await scriptedServer([{ status, body, headers: { 'set-cookie': repeated, location: `/x?api_key=${secrets.ncbiKey}` } }]);
  const bench = fetcherOn(server.base, { secrets });
  const errors = await Promise.all(requests.slice(0, 4).map((request) => errorOf(bench.fetch(request))));
  const told = inspect([errors.map((error) => [error.message, error.stack, { ...error }]), bench.ledger.rows], { depth: null });
  for (const value of [...values, ...values.map(encodeURIComponent)]) expect(told).not.toContain(value);
  await bench.close();
  await server.close();
});

test('secrets go where the service wants them and not into what is kept', async () => {
  const server = await scriptedServer([{ body: '<html></html>', headers: { 'set-cookie': repeated } }]);
  const bench = fetcherOn(server.base, { secrets: { ...secrets, openalexKey: ` ${secrets.openalexKey}\n` } });
  await Promise.allSettled(requests.map((request) => bench.fetch(request)));
  const firstTo = (path: string) => server.seen.find(({ url }) => url.startsWith(path));
  expect(firstTo('/works')?.headers.authorization).toBe(`Bearer ${secrets.openalexKey}`);
  expect(firstTo('/works')?.url).toBe('/works?filter=pmid%3A1');
  expect(firstTo('/efetch')).toMatchObject({
    url: '/efetch.fcgi',
    body: 'db=pubmed&id=1&tool=research-atlas&email=someone%40example.org&api_key=ncbi0123456789abcdef',
  });
  expect(firstTo('/efetch')?.headers.authorization).toBeUndefined();
  expect(firstTo('/baseline')?.headers.authorization).toBeUndefined();
  expect(firstTo('/baseline')?.headers['user-agent']).toMatch(/ \(mailto:someone@example\.org\)$/);
  const kept = inspect([...bench.archive.entries.values()].map(({ headers }) => headers));
  for (const value of values) expect(kept).not.toContain(value);
  await bench.close();
  await server.close();
});

test('a blank key is left out', async () => {
  const server = await scriptedServer([{ body: '{}' }]);
  const bench = fetcherOn(server.base, { secrets: { openalexKey: ' \n', ncbiKey: '' } });
  await Promise.allSettled(requests.map((request) => bench.fetch(request)));
  expect(server.seen.every(({ headers, body, url }) => headers.authorization === undefined && !`${body}${url}`.includes('api_key'))).toBe(
    true,
  );
  await bench.close();
  await server.close();
});

test('a secret inside another leaves no rest', () => {
  expect(createRedact({ openalexKey: 'abc', ncbiKey: 'abcdef' })('x abcdef y abc')).toBe('x [secret] y [secret]');
});
