import { json, Refusal, type Answer } from '../exchange';
import type { Switches } from '../switches';

const usdPerCredit = 0.0001;
const dayMs = 86_400_000;
/** What the headers announce while no daily limit is set. */
const unlimited = 2_000_000;

interface Usage {
  day: number;
  used: number;
  starts: number[];
}

const money = (credits: number) => Number((credits * usdPerCredit).toFixed(4));

/** Credits per key and UTC day, requests per second, and the headers that tell of both. */
export class Meter {
  readonly #usage = new Map<string, Usage>();

  constructor(
    readonly switches: Switches,
    readonly now: () => number,
  ) {}

  /** Admits a call and charges it, or refuses with one of the two 429 bodies. */
  charge(key: string, credits: number): void {
    const usage = this.#of(key);
    this.#pace(usage);
    if (credits > this.#remaining(usage)) throw new Refusal(this.#budgetGone(usage, credits));
    usage.used += credits;
  }

  /** The metering headers of an answer that cost so many credits. */
  stamp(key: string, credits: number, answer: Answer): Answer {
    if (answer.headers['x-ratelimit-credits-required'] !== undefined) return answer;
    const used = { 'x-ratelimit-credits-used': String(credits), 'x-ratelimit-cost-usd': String(money(credits)) };
    return { ...answer, headers: { ...answer.headers, ...this.#headers(this.#of(key)), ...used } };
  }

  /** The body of `/rate-limit`. */
  status(key: string): unknown {
    const usage = this.#of(key);
    const reset = this.#secondsToMidnight();
    return {
      rate_limit: {
        daily_budget_usd: money(this.#limit()),
        daily_used_usd: money(usage.used),
        daily_remaining_usd: money(this.#remaining(usage)),
        prepaid_balance_usd: 0,
        prepaid_remaining_usd: 0,
        prepaid_expires_at: null,
        resets_at: new Date(this.now() + reset * 1000).toISOString(),
        resets_in_seconds: reset,
        endpoint_costs_usd: { singleton: 0, list: 0.0001, search: 0.001, content: 0.01 },
      },
    };
  }

  #of(key: string): Usage {
    const day = Math.floor(this.now() / dayMs);
    const known = this.#usage.get(key);
    const usage = known ?? { day, used: 0, starts: [] };
    if (usage.day !== day) Object.assign(usage, { day, used: 0 });
    this.#usage.set(key, usage);
    return usage;
  }

  #limit(): number {
    return this.switches.dailyCredits ?? unlimited;
  }

  #remaining(usage: Usage): number {
    if (this.switches.dailyCredits === null) return unlimited;
    return Math.max(0, this.switches.dailyCredits - usage.used);
  }

  #secondsToMidnight(): number {
    return Math.ceil((dayMs - (this.now() % dayMs)) / 1000);
  }

  #headers(usage: Usage): Record<string, string> {
    const remaining = this.#remaining(usage);
    return {
      'x-ratelimit-limit': String(this.#limit()),
      'x-ratelimit-limit-usd': String(money(this.#limit())),
      'x-ratelimit-remaining': String(remaining),
      'x-ratelimit-remaining-usd': String(money(remaining)),
      'x-ratelimit-onetime-remaining': '0',
      'x-ratelimit-prepaid-remaining-usd': '0',
      'x-ratelimit-reset': String(this.#secondsToMidnight()),
    };
  }

  #pace(usage: Usage): void {
    const now = this.now();
    usage.starts = usage.starts.filter((start) => start > now - 1000);
    const limit = this.switches.openalexPerSecond;
    if (limit !== null && usage.starts.length >= limit) {
      const wait = ((usage.starts[0] ?? now) + 1000 - now) / 1000;
      throw new Refusal(this.#refusal(usage, { message: `Rate limit exceeded: ${limit} requests per second`, wait, credits: 1 }));
    }
    usage.starts.push(now);
  }

  #budgetGone(usage: Usage, credits: number): Answer {
    const wait = this.#secondsToMidnight();
    const message = `Insufficient budget. This request costs $${money(credits)} but you only have $${money(this.#remaining(usage))} remaining. Resets at midnight UTC.`;
    return this.#refusal(usage, { message, wait, credits });
  }

  #refusal(usage: Usage, { message, wait, credits }: { message: string; wait: number; credits: number }): Answer {
    const remaining = this.#remaining(usage);
    const body = {
      error: 'Rate limit exceeded',
      message,
      retryAfter: wait,
      costUsd: money(credits),
      dailyRemainingUsd: money(remaining),
      prepaidRemainingUsd: 0,
      creditsRequired: credits,
      creditsRemaining: remaining,
      onetimeCreditsRemaining: 0,
    };
    return json(429, body, {
      ...this.#headers(usage),
      'x-ratelimit-credits-required': String(credits),
      'x-ratelimit-cost-required-usd': String(money(credits)),
      'retry-after': String(Math.max(1, Math.ceil(wait))),
    });
  }
}
