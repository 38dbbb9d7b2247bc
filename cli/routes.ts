import type { PriceRow } from '../config/tables';
import type { Study } from '../config/study';
import { listed, rowsOf, total, type Price, type RouteName } from './price';
import { table } from './table';

/** Credits of a free key in a UTC day. */
const FREE_KEY = 10_000;
const ROUTES: readonly RouteName[] = ['api', 'mixed', 'snapshot'];

export interface Route extends Price {
  readonly route: RouteName;
  /** On a free key, or on the study's own budget of a day. */
  readonly days: number;
}

/** What a whole first run costs along each route, by the price list; none for a world of our own. */
export function routesOf(prices: readonly PriceRow[], study: Study): Route[] {
  const perDay = Math.min(study.budget.perDay ?? FREE_KEY, FREE_KEY);
  return ROUTES.flatMap((route) => {
    const rows = rowsOf(prices, study, route);
    if (rows.length === 0) return [];
    const price = total(rows.map(listed));
    return [{ route, ...price, days: Number((price.credits / perDay).toFixed(1)) }];
  });
}

export interface FirstRun {
  /** The study's own. */
  readonly route: RouteName;
  readonly routes: readonly Route[];
  /** What the study's route asks for. */
  readonly parts: readonly (Price & { readonly what: string })[];
}

export function routeLines({ route, routes, parts }: FirstRun, asOf: string): string[] {
  const own = routes.find((one) => one.route === route);
  if (own === undefined) return [];
  return [
    `a whole first run at the size of the paper's study, by the price list of ${asOf} (config/tables/price-list.csv):`,
    ...table(
      [`openalex.route: ${route}`, 'requests', 'credits', 'dollars', 'bytes read'],
      parts.map((part) => [part.what, ...sums(part)]),
    ),
    '',
    ...table(
      ['openalex.route', 'requests', 'credits', 'dollars', 'bytes read', 'days'],
      routes.map((one) => [one === own ? `${one.route} (this study)` : one.route, ...sums(one), one.days.toFixed(1)]),
    ),
    choice(own, routes),
  ];
}

/** The cheapest of the other routes, when it is cheaper than the study's. */
function choice(own: Route, routes: readonly Route[]): string {
  const [cheapest] = [...routes].sort((a, b) => a.usd - b.usd || a.bytes - b.bytes);
  if (cheapest === undefined || cheapest.usd >= own.usd) return `cheapest in dollars: ${own.route}, this study's own`;
  return `cheapest in dollars: ${cheapest.route}, by $${(own.usd - cheapest.usd).toFixed(2)} and ${(own.days - cheapest.days).toFixed(1)} days; it reads ${gigabytes(cheapest.bytes)} instead of ${gigabytes(own.bytes)}`;
}

function sums({ requests, credits, usd, bytes }: Price): string[] {
  return [requests.toLocaleString('en-US'), credits.toLocaleString('en-US'), usd.toFixed(2), gigabytes(bytes)];
}

const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(bytes < 1e9 ? 1 : 0)} GB`;
