import { json, refusable, Refusal, xml, type Answer, type Request } from '../exchange';
import type { Holdings } from '../holdings';
import type { Switches } from '../switches';
import { Corpus } from './corpus';
import { efetch } from './efetch';
import { esearch } from './esearch';
import type { Eutils } from './history';

/** Above this length of the request line a GET is answered with 414 (about 300 ids). */
const longestUrl = 3200;

export function eutils(holdings: Holdings, switches: Switches, now: () => number) {
  const service: Eutils = { corpus: new Corpus(holdings.pubmed), switches, history: new Map() };
  let starts: number[] = [];
  return (request: Request): Answer =>
    refusable(() => {
      starts = [...starts.filter((start) => start > now() - 1000), now()];
      pace(request, starts.length, switches);
      return route(service, request);
    });
}

function pace({ params }: Request, recent: number, { eutilsPerSecond }: Switches): void {
  if (eutilsPerSecond === null || recent <= eutilsPerSecond) return;
  const body = {
    error: 'API rate limit exceeded',
    'api-key': params.get('api_key') ?? '127.0.0.1',
    count: String(recent),
    limit: String(eutilsPerSecond),
  };
  throw new Refusal(json(429, body));
}

function route(service: Eutils, request: Request): Answer {
  const { method, url, params, path } = request;
  if (method === 'GET' && url.length > longestUrl) throw new Refusal(xml(414, 'Request-URI Too Long'));
  const key = params.get('api_key');
  if (key === 'invalid') throw new Refusal(json(400, { error: 'API key invalid', 'api-key': key, type: 'invalid', status: 'unknown' }));
  if (path === '/esearch.fcgi') return esearch(service, params);
  if (path === '/efetch.fcgi') return efetch(service, params);
  throw new Refusal(xml(404, 'Not Found'));
}
