import { z } from 'zod';
import { isSingleRecord } from '../address';
import { BadRequest, BrokenAnswer, BudgetSpent, RateLimited, ServerTrouble, Unauthorized } from '../errors';
import { numberIn, retryAfterMs } from '../meter';
import { type Case, type Judge, quoted, refusal, where } from './judge';

const listSchema = z.object({
  meta: z.object({ count: z.number(), next_cursor: z.string().nullish(), timed_out: z.boolean().nullish() }),
  results: z.array(z.unknown()).optional(),
  group_by: z.array(z.unknown()).optional(),
});

const troubleSchema = z.object({
  error: z.string().nullish(),
  message: z.string().nullish(),
  reason: z.string().nullish(),
  retryAfter: z.number().nullish(),
  creditsRequired: z.number().nullish(),
  creditsRemaining: z.number().nullish(),
  onetimeCreditsRemaining: z.number().nullish(),
});
type Trouble = z.infer<typeof troubleSchema>;

/** Judges by the table in docs on OpenAlex: a 200 without count or results is broken, never empty; 429 has four meanings. */
export const judgeOpenAlex: Judge = (answer) => {
  const { status, request } = answer;
  if (status === 404 && isSingleRecord(request)) return 0;
  if (status !== 200) throw refusalOf(answer);
  const content = json(answer.body);
  if (isSingleRecord(request)) return singleRow(answer, content);
  return request.path === '/rate-limit' ? null : listRows(answer, content);
};

function singleRow(answer: Case, content: unknown): number {
  if (z.object({ id: z.string() }).safeParse(content).success) return 1;
  throw broken(answer, 'a record with an id', 'another body');
}

function listRows(answer: Case, content: unknown): number {
  const { query = {} } = answer.request;
  const list = listSchema.safeParse(content);
  const rows = list.data?.[query['group_by'] === undefined ? 'results' : 'group_by'];
  if (!list.success || rows === undefined) throw broken(answer, 'a page with meta.count and results', 'another body');
  const { meta } = list.data;
  if (meta.timed_out) throw broken(answer, 'a complete page', 'one the search had cut off');
  const due = query['group_by'] === undefined ? rowsDue(query, meta.count) : 0;
  if (rows.length < due) throw broken(answer, `${due} rows of ${meta.count}`, String(rows.length));
  if (rows.length > 0 && meta.next_cursor != null && meta.next_cursor === query['cursor'])
    throw broken(answer, 'a new cursor', 'the same again');
  return rows.length;
}

/** How many rows a page must have where its place in the list is known: an overloaded search returns fewer, with status 200. */
function rowsDue(query: Record<string, string>, count: number): number {
  const size = numberIn(query['per_page']) ?? 25;
  if (query['cursor'] !== undefined) return query['cursor'] === '*' ? Math.min(size, count) : 0;
  const before = ((numberIn(query['page']) ?? 1) - 1) * size;
  return Math.max(0, Math.min(size, count - before));
}

function refusalOf(answer: Case): Error {
  const trouble = troubleSchema.safeParse(json(answer.body)).data ?? {};
  const said = trouble.message ?? trouble.error ?? '';
  if (answer.status === 429) return tooMany(answer, trouble, said);
  if (answer.status === 401) {
    return new Unauthorized(
      `Expected a valid OpenAlex key, got 401 ${quoted(said)} (${where(answer)}). Correct OPENALEX_API_KEY; openalex.org/settings/api shows yours.`,
      { status: 401 },
    );
  }
  if (answer.status < 500) return refusal(answer, said);
  const details = {
    status: answer.status,
    reason: trouble.reason ?? undefined,
    retryAfterMs: retryAfterMs(answer.headers, answer.now) ?? undefined,
  };
  return new ServerTrouble(`Expected an answer, got ${answer.status} ${quoted(said)} (${where(answer)}). Try again later.`, details);
}

function tooMany(answer: Case, trouble: Trouble, said: string): Error {
  const got = `429 ${quoted(said)} (${where(answer)})`;
  if (trouble.error === 'Plan upgrade required') {
    return new BadRequest(`Expected a request within the plan, got ${got}. Leave out filters on updated_date and created_date.`, {
      status: 429,
    });
  }
  if (trouble.reason === 'broad_boolean_query') {
    return new BadRequest(`Expected at most five boolean operators, got ${got}. Split the query.`, { status: 429, reason: trouble.reason });
  }
  if (isBudget(answer, trouble)) return budgetSpent(answer, trouble, got);
  const asked = retryAfterMs(answer.headers, answer.now) ?? (trouble.retryAfter == null ? undefined : trouble.retryAfter * 1000);
  return new RateLimited(`Expected to be within the pace of OpenAlex, got ${got}. Wait and repeat.`, { status: 429, retryAfterMs: asked });
}

function isBudget({ headers }: Case, trouble: Trouble): boolean {
  if (trouble.message?.startsWith('Insufficient budget')) return true;
  const required = trouble.creditsRequired ?? numberIn(headers['x-ratelimit-credits-required']);
  const remaining = trouble.creditsRemaining ?? numberIn(headers['x-ratelimit-remaining']);
  const bought = trouble.onetimeCreditsRemaining ?? numberIn(headers['x-ratelimit-onetime-remaining']) ?? 0;
  return required !== null && remaining !== null && remaining + bought < required;
}

function budgetSpent(answer: Case, trouble: Trouble, got: string): BudgetSpent {
  const { headers, now } = answer;
  const reset = numberIn(headers['x-ratelimit-reset']);
  const body = trouble.retryAfter == null ? null : trouble.retryAfter * 1000;
  const wait = Math.ceil((reset === null ? null : reset * 1000) ?? retryAfterMs(headers, now) ?? body ?? untilMidnight(now));
  const resetsAt = new Date(now + wait).toISOString();
  const message = `Expected credits for today, got ${got}. Go on after ${resetsAt}, or buy credits.`;
  return new BudgetSpent(message, { status: 429, retryAfterMs: wait, resetsAt });
}

/** OpenAlex counts days in UTC. */
function untilMidnight(now: number): number {
  const DAY_MS = 86_400_000;
  return DAY_MS - (now % DAY_MS);
}

function broken(answer: Case, expected: string, got: string): BrokenAnswer {
  return new BrokenAnswer(`Expected ${expected}, got ${got} (${where(answer)}). Try again; nothing of this answer was kept.`, {
    status: answer.status,
  });
}

function json(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
