import { answer, html, json, xml, type Answer } from '../exchange';
import type { Fault } from './kinds';

const proxyError = `<?xml version="1.0" encoding="UTF-8" ?>
<!DOCTYPE eEfetchResult PUBLIC "-//NLM//DTD efetch 20131226//EN" "https://eutils.ncbi.nlm.nih.gov/eutils/dtd/20131226/efetch.dtd">
<eFetchResult>
\t<ERROR>Error: CEFetchPApplication::proxy_stream(): Failed to connect to PubOne service. Try again later.</ERROR>
</eFetchResult>
`;

/** NCBI repeats the key of whoever asks. */
const rateJson = (key: string | null) => ({ error: 'API rate limit exceeded', 'api-key': key ?? '127.0.0.1', count: '5', limit: '3' });
const page = (status: number) => html(status, `<html><head><title>${status}</title></head><body>${status}</body></html>`);

/** The forged answer of a fault, or null if the true one is only spoilt or delayed. */
export function forged(fault: Fault, { isOpenAlex, key }: { isOpenAlex: boolean; key: string | null }): Answer | null {
  if (fault.status !== undefined) return withStatus(fault, fault.status, key);
  switch (fault.kind) {
    case 'html200':
      return html(200, '<!DOCTYPE html><html><head><title>Sorry</title></head><body><h1>We will be back shortly</h1></body></html>');
    case 'json200':
      return json(200, rateJson(key));
    case 'error200':
      return xml(200, proxyError);
    case 'proxy400':
      return xml(400, proxyError);
    case 'empty200':
      return xml(200, '');
    case 'error500':
    case 'error502':
    case 'error503':
      return page(Number(fault.kind.slice(-3)));
    case 'timeout504':
      return json(504, { error: 'Gateway timeout', message: 'The query took too long.', reason: 'query_timeout' });
    default:
      return isOpenAlex ? openAlex429(fault) : fault.kind === 'pace429' ? json(429, rateJson(key), { 'retry-after': '1' }) : null;
  }
}

/** The four meanings of 429 at OpenAlex, in its words (source-apis, section 1). */
function openAlex429({ kind, delay }: Fault): Answer | null {
  const seconds = Math.ceil(delay / 1000);
  switch (kind) {
    case 'pace429':
      return tooMany('Rate limit exceeded: 30 requests per second', { retryAfter: 0.4, remaining: 9_000 });
    case 'budget429':
      return tooMany('Insufficient budget. This request costs $0.0001 but you only have $0 remaining. Resets at midnight UTC.', {
        retryAfter: seconds,
        remaining: 0,
      });
    case 'plan429':
      return json(429, { error: 'Plan upgrade required', message: 'Filtering on from_updated_date requires a paid plan.' });
    case 'boolean429':
      return json(429, {
        error: 'Rate limit exceeded',
        message: 'Too many boolean operators.',
        reason: 'broad_boolean_query',
        retryAfter: 1,
      });
    default:
      return null;
  }
}

function tooMany(message: string, { retryAfter, remaining }: { retryAfter: number; remaining: number }): Answer {
  const money = { costUsd: 0.0001, dailyRemainingUsd: remaining / 10_000, prepaidRemainingUsd: 0 };
  const credits = { creditsRequired: 1, creditsRemaining: remaining, onetimeCreditsRemaining: 0 };
  return json(
    429,
    { error: 'Rate limit exceeded', message, retryAfter, ...money, ...credits },
    {
      'x-ratelimit-limit': '10000',
      'x-ratelimit-remaining': String(remaining),
      'x-ratelimit-onetime-remaining': '0',
      'x-ratelimit-reset': String(remaining === 0 ? retryAfter : 40_000),
      'x-ratelimit-credits-required': '1',
      'x-ratelimit-cost-required-usd': '0.0001',
      'retry-after': String(Math.max(1, Math.ceil(retryAfter))),
    },
  );
}

function withStatus(fault: Fault, status: number, key: string | null): Answer {
  const headers: Record<string, string> = status === 429 ? { 'retry-after': '1' } : {};
  if (fault.body === undefined && status === 429) return json(429, rateJson(key), { ...headers, ...fault.headers });
  const type = fault.body?.startsWith('{') ? 'application/json' : 'text/html';
  const body = fault.body ?? page(status).body;
  return answer(status, type, body, { ...headers, ...fault.headers });
}
