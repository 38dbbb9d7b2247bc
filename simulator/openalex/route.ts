import { json, refusable, type Answer, type Request } from '../exchange';
import type { Holdings, Row } from '../holdings';
import type { Switches } from '../switches';
import { Collection } from './collection';
import { sourceFields, workFields } from './fields';
import { matching, parseFilter } from './filters';
import { Meter } from './meter';
import { page } from './paging';
import * as refuse from './refusals';
import { selection, sourceSelect, workSelect } from './select';
import { single } from './single';

const listedAuthors = 100;
const requestLine = 4094;
const listParameters = ['filter', 'select', 'per_page', 'per-page', 'page', 'cursor', 'api_key', 'api-key', 'mailto'];

export interface OpenAlex {
  works: Collection;
  sources: Collection;
  merged: Map<string, string>;
  switches: Switches;
  meter: Meter;
}

/** Answers of OpenAlex over a world, with the credits each call cost. */
export function openalex(holdings: Holdings, switches: Switches, now: () => number) {
  const service: OpenAlex = {
    works: new Collection(holdings.works, workFields, workSelect),
    sources: new Collection(holdings.sources, sourceFields, sourceSelect),
    merged: holdings.merged,
    switches,
    meter: new Meter(switches, now),
  };
  return (request: Request) => metered(service, request);
}

function metered(service: OpenAlex, request: Request): { answer: Answer; credits: number } {
  let key = '';
  let credits = 0;
  const answer = refusable(() => {
    if (request.method !== 'GET') throw refuse.wrongMethod();
    key = keyOf(request);
    if (request.url.length > requestLine) throw refuse.urlTooLong();
    if (request.path === '/rate-limit') return rateLimit(service, key);
    const cost = priceOf(request.path);
    service.meter.charge(key, cost);
    credits = cost;
    return refusable(() => route(service, request, key));
  });
  const silent = answer.status === 401 || answer.body.includes('Plan upgrade required');
  return { answer: silent ? answer : service.meter.stamp(key, credits, answer), credits };
}

/** '' stands for a request without key. A key that is blank or called "invalid" is refused. */
function keyOf({ params, headers }: Request): string {
  const bearer = /^Bearer (.*)$/i.exec(headers.authorization ?? '')?.[1];
  const given = params.get('api_key') ?? params.get('api-key') ?? headers['api_key'] ?? headers['api-key'] ?? bearer;
  if (given === undefined) return '';
  const key = String(given);
  if (key.trim() === '' || key !== key.trim() || key === 'invalid') throw refuse.badKey();
  return key;
}

function rateLimit(service: OpenAlex, key: string): Answer {
  if (key === '') throw refuse.badKey();
  return json(200, service.meter.status(key));
}

/** Single records are free, unless asked for by a full URL; anything else on a list costs one credit. */
function priceOf(path: string): number {
  const name = /^\/(?:works|sources)\/(.+)$/.exec(path)?.[1];
  return name === undefined || /^https?:/i.test(name) ? 1 : 0;
}

function route(service: OpenAlex, request: Request, key: string): Answer {
  const [, entity, name] = /^\/(works|sources)(?:\/(.+))?$/.exec(request.path) ?? [];
  if (entity === undefined) throw refuse.notFound();
  const collection = entity === 'works' ? service.works : service.sources;
  if (name !== undefined) return single({ service, collection, entity, name, params: request.params });
  if (service.switches.anonymousCursor === 'refused' && key === '' && request.params.has('cursor')) throw refuse.badKey();
  return list(service, collection, request.params);
}

function list({ switches }: OpenAlex, collection: Collection, params: URLSearchParams): Answer {
  if (params.has('limit')) throw refuse.limitParameter();
  for (const name of params.keys()) if (!listParameters.includes(name)) throw refuse.unknownParameter(name, listParameters);
  const filter = params.get('filter');
  const rows = filter === null ? collection.rows : matching(collection, parseFilter(filter, collection));
  const project = selection(params.get('select'), collection.select);
  const { rows: found, meta } = page(rows, params, switches);
  const results = found.map((row) => project(cut(row, switches)));
  return json(200, {
    meta: { count: rows.length, db_response_time_ms: 7, ...meta, groups_count: null, cost_usd: 0.0001 },
    results,
    group_by: [],
  });
}

/** Lists stop at 100 authors and, as a rule, do not say so. */
function cut(row: Row, switches: Switches): Row {
  const authorships = row['authorships'];
  if (!Array.isArray(authorships) || authorships.length <= listedAuthors) return row;
  const short: Row = { ...row, authorships: authorships.slice(0, listedAuthors) };
  return switches.truncationFlag ? { ...short, is_authors_truncated: true } : short;
}
