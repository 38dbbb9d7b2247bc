import { isSingleRecord } from './address';
import type { AtlasRequest } from './ports';

/** Credits by the price list of August 2026 (docs/data-sources.md). */
const LIST_CREDITS = 1;
const SEARCH_CREDITS = 10;
const isSearch = (name: string): boolean => /(^|\.)search(\.|$)/.test(name);

/** What a request will cost, in credits of $0.0001: single records are free, a page of a list costs one, one of a search ten. */
export function priceOf(request: AtlasRequest): number {
  if (request.service !== 'openalex' || request.path === '/rate-limit' || isSingleRecord(request)) return 0;
  const { filter = '', ...others } = request.query ?? {};
  const keys = filter.split(',').map((segment) => segment.split(':')[0] ?? '');
  return [...keys, ...Object.keys(others)].some(isSearch) ? SEARCH_CREDITS : LIST_CREDITS;
}

export interface Charge {
  credits: number;
  usd: number;
}

/** What an answer cost, from the metering headers of OpenAlex (lower-case names). Services that do not meter cost nothing. */
export function chargeOf(headers: Record<string, string>): Charge {
  return { credits: numberIn(headers['x-ratelimit-credits-used']) ?? 0, usd: numberIn(headers['x-ratelimit-cost-usd']) ?? 0 };
}

/** The number in a header or body field, or null if it holds none. */
export function numberIn(text: unknown): number | null {
  if (typeof text === 'number') return Number.isFinite(text) ? text : null;
  if (typeof text !== 'string' || text.trim() === '') return null;
  const number = Number(text);
  return Number.isFinite(number) ? number : null;
}

/** `retry-after` in milliseconds, given as seconds or as a date; null if absent or unreadable. */
export function retryAfterMs(headers: Record<string, string>, now: number): number | null {
  const text = headers['retry-after'];
  const seconds = numberIn(text);
  if (seconds !== null) return Math.max(0, Math.ceil(seconds * 1000));
  const date = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}
