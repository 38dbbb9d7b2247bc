import type { Dispatcher } from 'undici';
import { isSingleRecord } from './address';
import { canonicalText, sha256, shortText } from './canonical';
import type { Clock } from './clock';
import { NotFound, ServiceError } from './errors';
import { chargeOf, priceOf } from './meter';
import { outgoing, type Outgoing } from './outgoing';
import type { AtlasRequest, Ledger, LedgerOutcome, Limiter, Secrets, Service } from './ports';
import type { Redact } from './redact';
import { type Arrived, type Limits, send } from './send';
import { judgeBulk } from './verdict/bulk';
import { judgeEutils } from './verdict/eutils';
import type { Judge } from './verdict/judge';
import { judgeSnapshot } from './verdict/snapshot';
import { judgeOpenAlex } from './verdict/openalex';

/** All that sending needs besides the request. */
export interface Exchange {
  bases: Record<Service, string>;
  secrets: Secrets;
  userAgent: string;
  ledger: Ledger;
  limiter: Limiter;
  clock: Clock;
  dispatcher: Dispatcher;
  limits: Limits;
  redact: Redact;
}

export const judges: Record<Service, Judge> = { openalex: judgeOpenAlex, eutils: judgeEutils, bulk: judgeBulk, snapshot: judgeSnapshot };

const MAX_REDIRECTS = 3;
const redirects = new Set([301, 302, 303, 307, 308]);

/** One try: sends, follows redirects of single records, and gives back only what its judge accepts. */
export async function exchange(request: AtlasRequest, parts: Exchange, signal?: AbortSignal): Promise<Arrived> {
  let out = outgoing(request, { base: parts.bases[request.service], secrets: parts.secrets, userAgent: parts.userAgent });
  const line = { ...parts, where: shortText(request), signal };
  for (let hops = 0; hops <= MAX_REDIRECTS; hops++) {
    const arrived = await accounted(request, parts, async (count) => {
      await parts.limiter.wait(request.service, signal);
      // What an answer cost is known before its body, which may break off.
      const answer = await send(out, line, (begun) => count(begun));
      count(answer);
      if (!isRedirect(request, answer)) count(answer, judges[request.service]({ ...answer, request, now: parts.clock.now() }));
      return answer;
    });
    if (!isRedirect(request, arrived)) return arrived;
    out = followed(request, out, arrived);
  }
  throw new NotFound(`Expected at most ${MAX_REDIRECTS} redirects, got more (${shortText(request)}). Look the record up by another id.`);
}

/** Merged OpenAlex records move. Nothing else is followed: a form of E-utilities has the key in it. */
function isRedirect(request: AtlasRequest, { status, headers }: Arrived): boolean {
  return redirects.has(status) && isSingleRecord(request) && headers['location'] !== undefined;
}

function followed(request: AtlasRequest, out: Outgoing, { headers }: Arrived): Outgoing {
  const location = headers['location'] ?? '';
  const target = URL.canParse(location, out.url) ? new URL(location, out.url) : null;
  if (target?.origin === new URL(out.url).origin) return { ...out, url: target.href };
  const got = target?.origin ?? 'no address';
  throw new NotFound(
    `Expected a redirect within the service, got one to ${got} (${shortText(request)}). Look the record up by another id.`,
  );
}

export type Count = (
  answer: { headers: Record<string, string>; status: number; body?: Buffer; bytes?: number },
  rows?: number | null,
) => void;

/** Writes the ledger row of one request around `work`, whatever becomes of it, and keeps secrets out of its errors. */
export async function accounted<T>(request: AtlasRequest, { ledger, redact }: Exchange, work: (count: Count) => Promise<T>): Promise<T> {
  const canonical = canonicalText(request);
  const price = priceOf(request);
  const id = await ledger.intent({ service: request.service, canonical, requestDigest: sha256(canonical), cached: false, price });
  const unknown = price === 0 ? 0 : null;
  const outcome: LedgerOutcome = { status: 0, credits: unknown, usd: unknown, bytes: 0, rows: null, error: null };
  try {
    return await work((answer, rows = null) => {
      Object.assign(outcome, chargeOf(answer.headers), { status: answer.status, bytes: answer.body?.length ?? answer.bytes ?? 0, rows });
    });
  } catch (error) {
    if (error instanceof ServiceError) blackOut(error, redact);
    outcome.error = error instanceof ServiceError ? `${error.type}: ${error.message}` : 'interrupted';
    throw error;
  } finally {
    await ledger.complete(id, outcome);
  }
}

/** The stack repeats the message as it was when the error was made. */
function blackOut(error: ServiceError, redact: Redact): void {
  error.message = redact(error.message);
  error.stack = redact(error.stack ?? '');
}
