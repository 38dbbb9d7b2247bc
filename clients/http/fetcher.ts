import { Agent, type Dispatcher } from 'undici';
import { canonicalText, sha256, shortText } from './canonical';
import { type Clock, systemClock } from './clock';
import { download } from './download';
import { OfflineMiss } from './errors';
import { exchange, type Exchange } from './exchange';
import type { Answer, Archive, AtlasRequest, Fetcher, Ledger, Limiter, Secrets, Service } from './ports';
import { createRedact } from './redact';
import { withRetries } from './retry';
import { type Arrived, defaultLimits, type Limits } from './send';
import { inTurn } from './turns';

export interface FetcherOptions {
  /** Address of each service up to the paths of the requests, e.g. with `/entrez/eutils`. */
  bases: Record<Service, string>;
  secrets: Secrets;
  archive: Archive;
  ledger: Ledger;
  limiter: Limiter;
  userAgent: string;
  /** Answers come from the archive or not at all. */
  offline?: boolean;
  limits?: Partial<Limits>;
  clock?: Clock;
  /** In [0, 1); jitter of the back-off. */
  random?: () => number;
  /** Sends the requests, and stays open; default a pool of the fetcher's own, which `close` closes. */
  dispatcher?: Dispatcher;
}

const CONNECTIONS_PER_HOST = 8;
/** The headers that still mean something when an answer is read back. */
const keptHeaders = ['content-type', 'etag', 'last-modified'];

/** Connections that are kept open between requests, so many for each service at most. */
export function createPool({ connectMs }: Pick<Limits, 'connectMs'> = defaultLimits): Dispatcher {
  return new Agent({ connections: CONNECTIONS_PER_HOST, connect: { timeout: connectMs } });
}

/**
 * The one way out to the services: archive, ledger, limiter, request with retries, judgement, archive.
 * No error, ledger row or canonical text holds a secret.
 * @throws one of the ServiceErrors, or the reason of an aborted signal
 */
export function createFetcher(options: FetcherOptions): Fetcher & { close(): Promise<void> } {
  const limits = { ...defaultLimits, ...options.limits };
  const dispatcher = options.dispatcher ?? createPool(limits);
  const clock = options.clock ?? systemClock;
  const random = options.random ?? Math.random;
  const parts: Exchange = { ...options, limits, dispatcher, clock, redact: createRedact(options.secrets) };
  const retries = (service: Service, signal?: AbortSignal) => ({ service, clock, limiter: options.limiter, random, signal });

  const ask = async (request: AtlasRequest, signal?: AbortSignal): Promise<Answer> => {
    const known = request.fresh && !options.offline ? null : await fromArchive(request, options);
    if (known !== null) return known;
    requireOnline(request, options.offline);
    const arrived = await withRetries(() => exchange(request, parts, signal), retries(request.service, signal));
    return intoArchive(request, arrived, options.archive);
  };

  return {
    fetch: (request, signal) => inTurn(canonicalText(request), () => ask(request, signal), signal),
    async fetchToFile(request, file, signal) {
      return download({ request, file, signal }, parts, {
        beforeSending: () => requireOnline(request, options.offline),
        retry: (attempt) => withRetries(attempt, retries(request.service, signal)),
      });
    },
    close: async () => (options.dispatcher === undefined ? dispatcher.close() : undefined),
  };
}

function requireOnline(request: AtlasRequest, offline = false): void {
  if (!offline) return;
  throw new OfflineMiss(
    `Expected the answer in the archive, as the run is offline, got none (${shortText(request)}). Run once without --offline.`,
  );
}

async function fromArchive(request: AtlasRequest, { archive, ledger }: FetcherOptions): Promise<Answer | null> {
  const canonical = canonicalText(request);
  const requestDigest = sha256(canonical);
  const known = await archive.find(requestDigest);
  if (known === null) return null;
  const id = await ledger.intent({ service: request.service, canonical, requestDigest, cached: true, price: 0 });
  await ledger.complete(id, { status: known.status, credits: 0, usd: 0, bytes: known.body.length, rows: null, error: null });
  return { ...known, cached: true, requestDigest };
}

async function intoArchive(request: AtlasRequest, { status, headers, body }: Arrived, archive: Archive): Promise<Answer> {
  const canonical = canonicalText(request);
  const entry = { requestDigest: sha256(canonical), service: request.service, canonical, status, body, digest: sha256(body) };
  await archive.save({ ...entry, headers: kept(headers) });
  return { status, headers, body, cached: false, digest: entry.digest, requestDigest: entry.requestDigest };
}

function kept(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(keptHeaders.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name]]])));
}
