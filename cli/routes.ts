import type { PriceRow } from '../config/tables';
import type { Study } from '../config/study';
import { listed, rowsOf, total, type Price } from './price';
import { table } from './table';

/** Credits of a free key in a UTC day. */
const FREE_KEY = 10_000;

export interface Route extends Price {
  readonly route: 'api' | 'snapshot';
  /** On a free key, or on the study's own budget of a day. */
  readonly days: number;
}

/** What a whole first run costs along each route, by the price list; none for a world of our own. */
export function routesOf(prices: readonly PriceRow[], study: Study): Route[] {
  const perDay = Math.min(study.budget.perDay ?? FREE_KEY, FREE_KEY);
  return (['api', 'snapshot'] as const).flatMap((route) => {
    const rows = rowsOf(prices, study, route);
    if (rows.length === 0) return [];
    const price = total(rows.map(listed));
    return [{ route, ...price, days: Number((price.credits / perDay).toFixed(1)) }];
  });
}

export function routeLines(routes: readonly Route[], asOf: string): string[] {
  if (routes.length === 0) return [];
  const [cheap, dear] = [...routes].sort((a, b) => a.usd - b.usd);
  return [
    `a whole first run at the size of the paper's study, by the price list of ${asOf} (config/tables/price-list.csv):`,
    ...table(
      ['route', 'requests', 'credits', 'dollars', 'days', 'bytes'],
      routes.map(({ route, requests, credits, usd, days, bytes }) => [
        route,
        requests.toLocaleString('en-US'),
        credits.toLocaleString('en-US'),
        usd.toFixed(2),
        days.toFixed(1),
        gigabytes(bytes),
      ]),
    ),
    `cheaper: ${cheap!.route}, by $${(dear!.usd - cheap!.usd).toFixed(2)} and ${(dear!.days - cheap!.days).toFixed(1)} days of a free key; it reads ${gigabytes(cheap!.bytes)} instead of ${gigabytes(dear!.bytes)}`,
  ];
}

const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(0)} GB`;
