import type { AtlasRequest } from '../../clients/http/ports';
import { ServiceError } from '../../clients/http/errors';
import type { Judge } from '../../clients/http/verdict/judge';
import { judgeBulk } from '../../clients/http/verdict/bulk';
import { judgeEutils } from '../../clients/http/verdict/eutils';
import { judgeOpenAlex } from '../../clients/http/verdict/openalex';

const fetch: AtlasRequest = { service: 'eutils', method: 'POST', path: '/efetch.fcgi', form: { id: '1' }, accept: 'xml' };
const search: AtlasRequest = {
  service: 'eutils',
  method: 'POST',
  path: '/esearch.fcgi',
  form: { term: 'x', retmax: '9999' },
  accept: 'xml',
};
const list: AtlasRequest = { service: 'openalex', method: 'GET', path: '/works', query: { per_page: '2', cursor: 'abc' }, accept: 'json' };
const firstPage: AtlasRequest = { ...list, query: { per_page: '2', cursor: '*' } };
const thirdPage: AtlasRequest = { ...list, query: { per_page: '2', page: '3' } };
const groups: AtlasRequest = { ...list, query: { group_by: 'type' } };
const single: AtlasRequest = { service: 'openalex', method: 'GET', path: '/works/pmid:1', accept: 'json' };
const md5: AtlasRequest = { service: 'bulk', method: 'GET', path: '/baseline/pubmed26n0001.xml.gz.md5', accept: 'bytes' };

/** The rows a judge counts, or the type of its error, with a + if the request may be repeated. */
function verdict(judge: Judge, request: AtlasRequest, { status, body }: { status: number; body: string }): number | string | null {
  try {
    return judge({ request, status, headers: {}, body: Buffer.from(body), now: 0 });
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    return `${error.type}${error.retryable ? '+' : ''}`;
  }
}

const prolog = '<?xml version="1.0" ?>\n<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2027//EN" "x.dtd">\n';
const fetchError = (text: string) => `<?xml version="1.0"?>\n<eFetchResult>\n\t<ERROR>${text}</ERROR>\n</eFetchResult>`;

test.each<[string, number, string, number | string]>([
  [
    'a closed set',
    200,
    `${prolog}<PubmedArticleSet>\n<PubmedArticle></PubmedArticle><PubmedBookArticle></PubmedBookArticle></PubmedArticleSet>\n`,
    2,
  ],
  ['an empty set', 200, `${prolog}<PubmedArticleSet></PubmedArticleSet>`, 0],
  ['an empty set in one tag', 200, `${prolog}<PubmedArticleSet/>`, 0],
  ['a set that is cut off', 200, `${prolog}<PubmedArticleSet><PubmedArticle>`, 'BrokenAnswer+'],
  ['the prolog only', 200, prolog, 'BrokenAnswer+'],
  ['nothing', 200, '', 'BrokenAnswer+'],
  ['an HTML page', 200, '<!DOCTYPE html><html><body>PubmedArticleSet</PubmedArticleSet>', 'BrokenAnswer+'],
  ['a time-out inside', 200, fetchError('External viewer error: Empty Response … Status: Timeout'), 'ServerTrouble+'],
  ['the same with 400', 400, fetchError('External viewer error: Empty Response … Status: Timeout'), 'ServerTrouble+'],
  ['a proxy error with 400', 400, fetchError('CEFetchPApplication::proxy_stream(): Failed to connect'), 'ServerTrouble+'],
  ['a 502 page inside a 400', 400, fetchError('&lt;title&gt;502 Bad Gateway&lt;/title&gt;'), 'ServerTrouble+'],
  ['a lost stored result', 200, fetchError('Unable to obtain query #1'), 'BadRequest'],
  ['past the cap', 400, fetchError("'retstart' cannot be larger than 9998."), 'BadRequest'],
  ['a pace error with 200', 200, '{"error":"API rate limit exceeded","count":"5","limit":"3"}', 'RateLimited+'],
  ['a pace error', 429, '{"error":"API rate limit exceeded","count":"5","limit":"3"}', 'RateLimited+'],
  ['a pace error without a body', 429, '', 'RateLimited+'],
  ['a wrong key', 400, '{"error":"API key invalid","api-key":"k","type":"invalid","status":"unknown"}', 'Unauthorized'],
  ['no valid id', 400, fetchError('ID list is empty! Possibly it has no correct IDs.'), 0],
  ['an invalid id', 400, fetchError('Invalid id parameter'), 'BadRequest'],
  ['an empty 400', 400, '', 'BadRequest'],
  ['too long', 414, '<html>', 'BadRequest'],
  ['a 500 page', 500, '<html xmlns="http://www.w3.org/1999/xhtml">', 'ServerTrouble+'],
  ['no route', 200, 'Unable to route request!', 'BrokenAnswer+'],
])('efetch: %s (%i)', (_, status, body, expected) => expect(verdict(judgeEutils, fetch, { status, body })).toBe(expected));

const found = (count: string, ids: number, end = '</eSearchResult>') =>
  `<eSearchResult>${count}<IdList>${'<Id>1</Id>\n'.repeat(ids)}</IdList>${end}`;

test.each<[string, string, number | string]>([
  ['hits', found('<Count>3</Count>', 3), 3],
  ['no hits', '<eSearchResult><Count>0</Count><IdList/><ErrorList><PhraseNotFound>x</PhraseNotFound></ErrorList></eSearchResult>\n', 0],
  ['more hits than can be had', found('<Count>20000</Count>', 9999), 9999],
  ['a missing count', found('', 3), 'BrokenAnswer+'],
  ['fewer ids than counted', found('<Count>3</Count>', 2), 'BrokenAnswer+'],
  ['a cut-off answer', found('<Count>3</Count>', 3, ''), 'BrokenAnswer+'],
  ['an outage', '<eSearchResult><ERROR>Search Backend failed: Database is not supported: pubmed</ERROR></eSearchResult>', 'ServerTrouble+'],
  [
    'past the cap',
    "<eSearchResult><ERROR>Search Backend failed: Exception:\n'retstart' cannot be larger than 9998.</ERROR></eSearchResult>",
    'BadRequest',
  ],
])('esearch: %s', (_, body, expected) => expect(verdict(judgeEutils, search, { status: 200, body })).toBe(expected));

const page = (meta: object, rows: number) => JSON.stringify({ meta, results: Array.from({ length: rows }, () => ({})) });

test.each<[string, AtlasRequest, number, string, number | string]>([
  ['a page', list, 200, page({ count: 9, next_cursor: 'def' }, 2), 2],
  ['an empty last page', list, 200, page({ count: 9, next_cursor: null }, 0), 0],
  ['a first page that is short', firstPage, 200, page({ count: 9, next_cursor: null }, 1), 'BrokenAnswer+'],
  ['a short list', firstPage, 200, page({ count: 1, next_cursor: null }, 1), 1],
  ['a last numbered page', thirdPage, 200, page({ count: 5 }, 1), 1],
  ['a numbered page that is short', thirdPage, 200, page({ count: 6 }, 1), 'BrokenAnswer+'],
  ['a search that was cut off', list, 200, page({ count: 9, timed_out: true }, 2), 'BrokenAnswer+'],
  ['the cursor it was asked with', list, 200, page({ count: 9, next_cursor: 'abc' }, 2), 'BrokenAnswer+'],
  ['no results', list, 200, '{"meta":{"count":3},"group_by":[]}', 'BrokenAnswer+'],
  ['no count', list, 200, '{"meta":{},"results":[]}', 'BrokenAnswer+'],
  ['HTML', list, 200, '<html></html>', 'BrokenAnswer+'],
  ['groups', groups, 200, '{"meta":{"count":145616},"group_by":[{"key":"article"}]}', 1],
  ['a record', single, 200, '{"id":"https://openalex.org/W1"}', 1],
  ['a record without id', single, 200, '{"error":"x"}', 'BrokenAnswer+'],
  ['a record that is gone', single, 404, '<!doctype html>', 0],
  ['a list that is not there', list, 404, '<!doctype html>', 'NotFound'],
  ['a wrong key', list, 401, '{"error":"Invalid or missing API key","message":"API key not found"}', 'Unauthorized'],
  ['a blocked address', list, 403, '<html>', 'Unauthorized'],
  ['an edge refusal', list, 400, '{"error":"x","error_source":"openalex-api-proxy"}', 'BadRequest'],
  ['many operators', list, 429, '{"error":"x","reason":"broad_boolean_query"}', 'BadRequest'],
  [
    'pace',
    list,
    429,
    '{"error":"Rate limit exceeded","message":"Rate limit exceeded: 30 requests per second","creditsRequired":1,"creditsRemaining":99}',
    'RateLimited+',
  ],
  ['pace, as HTML', list, 429, '<html>', 'RateLimited+'],
  [
    'budget',
    list,
    429,
    '{"error":"Rate limit exceeded","message":"…","creditsRequired":1,"creditsRemaining":0,"onetimeCreditsRemaining":0}',
    'BudgetSpent+',
  ],
  ['a paid feature', list, 429, '{"error":"Plan upgrade required"}', 'BadRequest'],
  ['a query that took too long', list, 504, '{"reason":"query_timeout"}', 'ServerTrouble+'],
])('OpenAlex: %s', (_, request, status, body, expected) => expect(verdict(judgeOpenAlex, request, { status, body })).toBe(expected));

test.each<[string, number, string, null | string]>([
  ['a checksum', 200, 'MD5(pubmed26n1334.xml.gz)= 3cf53ba34ff73126e42d1d8391330e73\n', null],
  ['HTML', 200, '<html></html>', 'BrokenAnswer+'],
  ['nothing there', 404, '', 'NotFound'],
])('bulk: %s', (_, status, body, expected) => expect(verdict(judgeBulk, md5, { status, body })).toBe(expected));
