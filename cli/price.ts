import path from 'node:path';
import { projectRoot } from '../config/project-root';
import { readPriceList, type PriceRow } from '../config/tables';
import type { Study } from '../config/study';
import type { PlannedStep } from '../dag/plan';
import type { Forecast } from '../store/forecast';

/** Where a forecast comes from: what the step cost last time, or the price list at the size of the paper's study. */
export type Basis = 'recorded' | 'price list';

export interface Price {
  readonly requests: number;
  readonly credits: number;
  readonly usd: number;
  readonly bytes: number;
  readonly seconds: number;
}

export interface Priced extends Price {
  /** Null where there is nothing to go by, or nothing to pay. */
  readonly basis: Basis | null;
}

export const FREE: Price = { requests: 0, credits: 0, usd: 0, bytes: 0, seconds: 0 };
const USD_PER_CREDIT = 0.0001;
/** The program's own pace (docs/data-sources.md). */
const OPENALEX_PER_SECOND = 8;

/** The price list that ships. */
export function readPrices(): PriceRow[] {
  return readPriceList(path.join(projectRoot(), 'config', 'tables', 'price-list.csv'));
}

/** What a step will cost: as last time, for the share of its shards that is missing; a first time by the price list. */
export function priceOf(step: PlannedStep, last: Forecast | undefined, prices: readonly PriceRow[]): Priced {
  if (step.action === 'hit') return { ...FREE, basis: null };
  if (last !== undefined) return { ...times(last, shareOf(step, last.shards)), basis: 'recorded' };
  const rows = prices.filter((row) => row.step === step.step);
  if (rows.length === 0) return { ...FREE, basis: null };
  return { ...total(rows.map((row) => times(listed(row), shareOf(step, row.shards)))), basis: 'price list' };
}

export type RouteName = Study['openalex']['route'];

/** The rows of the price list that a study would be billed by, along its route or another. A world of our own costs nothing. */
export function rowsOf(prices: readonly PriceRow[], { world, pubmed, conferences, openalex }: Study, route?: RouteName): PriceRow[] {
  const searched = pubmed.on && pubmed.routes.some((one) => one !== 'files');
  if (world.kind !== 'real' || !searched) return [];
  const off = (step: string): boolean =>
    (!conferences.on && step.includes('conference')) || (!pubmed.routes.includes('bulk') && step.includes('pubmed'));
  return prices.filter((row) => row.routes.includes(route ?? openalex.route) && !off(row.step));
}

export function total(prices: readonly Price[]): Price {
  return prices.reduce(
    (sum, price) => ({
      requests: sum.requests + price.requests,
      credits: sum.credits + price.credits,
      usd: Number((sum.usd + price.usd).toFixed(6)),
      bytes: sum.bytes + price.bytes,
      seconds: sum.seconds + price.seconds,
    }),
    FREE,
  );
}

export function listed({ step, requests, credits, bytes }: PriceRow): Price {
  const seconds = step.startsWith('source/openalex') && credits > 0 ? requests / OPENALEX_PER_SECOND : 0;
  return { requests, credits, usd: credits * USD_PER_CREDIT, bytes, seconds };
}

/** Shards to run, of those that the price stands for. A step that is not cut yet is priced whole. */
function shareOf({ action, shards, missing }: PlannedStep, priced: number): number {
  return action === 'run' && priced > 0 && shards.length > 0 ? missing.length / priced : 1;
}

function times({ requests, credits, usd, bytes, seconds }: Price, share: number): Price {
  return {
    requests: Math.ceil(requests * share),
    credits: Math.ceil(credits * share),
    usd: Number((usd * share).toFixed(6)),
    bytes: Math.ceil(bytes * share),
    seconds: seconds * share,
  };
}
