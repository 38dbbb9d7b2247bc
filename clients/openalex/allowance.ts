import { z } from 'zod';
import { BrokenAnswer } from '../http/errors';
import type { Fetcher } from '../http/ports';

/** What a key may spend, in credits of $0.0001. */
export interface Allowance {
  readonly perDay: number;
  readonly leftToday: number;
  /** Bought beforehand; used when the day's are gone. */
  readonly prepaid: number;
  /** ISO time, UTC. */
  readonly resetsAt: string;
}

const CREDITS_PER_USD = 10_000;
const credits = z.number().transform((usd) => Math.round(usd * CREDITS_PER_USD));
const schema = z.object({
  rate_limit: z.object({
    daily_budget_usd: credits,
    daily_remaining_usd: credits,
    prepaid_remaining_usd: credits.default(0),
    resets_at: z.string(),
  }),
});

/** What is left of the key's allowance. Free; needs a key. @throws Unauthorized when the key is wrong, and the other ServiceErrors */
export async function readAllowance(fetcher: Fetcher, signal?: AbortSignal): Promise<Allowance> {
  const { body } = await fetcher.fetch({ service: 'openalex', method: 'GET', path: '/rate-limit', accept: 'json', fresh: true }, signal);
  const read = schema.safeParse(JSON.parse(body.toString('utf8')));
  if (!read.success) throw new BrokenAnswer('Expected what is left of the budget, got another answer (openalex /rate-limit). Try again.');
  const { daily_budget_usd, daily_remaining_usd, prepaid_remaining_usd, resets_at } = read.data.rate_limit;
  return { perDay: daily_budget_usd, leftToday: daily_remaining_usd, prepaid: prepaid_remaining_usd, resetsAt: resets_at };
}
