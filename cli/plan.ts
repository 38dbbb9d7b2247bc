import { cueLine, type Cue } from '../dag/cues';
import type { PlannedStep } from '../dag/plan';
import type { Forecast } from '../store/forecast';
import { keepPlan } from './accepted';
import type { Study } from '../config/study';
import { listed, priceOf, readPrices, rowsOf, total, type Basis, type Price } from './price';
import { routeLines, routesOf } from './routes';
import { print, type SelectorOptions } from './options';
import { planStudy, pricePlan, type PricedPlan } from './plan-of';
import { openStudy } from './study-session';
import { table } from './table';

/** `atlas plan` */
export async function run(options: SelectorOptions): Promise<number> {
  const session = await openStudy(options, { temporal: false });
  try {
    const plan = await pricePlan(session, await planStudy(session, options));
    const document = planDocument(session.loaded.study, plan);
    await keepPlan(session, plan);
    print(options, document, () => lines(document));
    return 0;
  } finally {
    await session.close();
  }
}

export function planDocument({ name, ...study }: Study, plan: PricedPlan) {
  const prices = readPrices();
  const rows = rowsOf(prices, { name, ...study });
  const steps = plan.steps.map((step) => ({
    step: step.step,
    key: step.key,
    action: step.action,
    cues: step.cues,
    shards: shardsOf(step, plan.forecasts.get(step.step)),
    forecast: priceOf(step, plan.forecasts.get(step.step), rows),
  }));
  const totals = total(steps.map(({ forecast }) => forecast));
  const isFirst = steps.some(({ forecast }) => forecast.basis === 'price list');
  const routes = isFirst ? routesOf(prices, { name, ...study }) : [];
  return {
    route: study.openalex.route,
    fingerprint: plan.fingerprint,
    study: name,
    vintage: plan.vintage,
    steps,
    totals,
    outside: plan.outside,
    routes,
    parts: isFirst ? rows.map((row) => ({ step: row.step, what: row.what, ...listed(row) })) : [],
    pricedAsOf: prices
      .map(({ asOf }) => asOf)
      .sort()
      .at(-1)!,
  };
}

/** A hit is cut no more: it has the shards it was made of. */
function shardsOf({ action, shards, missing }: PlannedStep, last: Forecast | undefined): { total: number; hit: number } {
  if (action === 'hit') return { total: last?.shards ?? 0, hit: last?.shards ?? 0 };
  return { total: shards.length, hit: shards.length - missing.length };
}

/** The first reason; `atlas why` tells them all. */
function shortCues(cues: readonly Cue[]): string {
  const more = cues.length > 1 ? ` (and ${cues.length - 1} more)` : '';
  return cues[0] === undefined ? '' : cueLine(cues[0]) + more;
}

function lines(document: ReturnType<typeof planDocument>): string[] {
  const { steps, study, vintage, fingerprint, outside } = document;
  const count = (action: string): number => steps.filter((step) => step.action === action).length;
  const head = `${study}, vintage ${vintage}: ${count('hit')} steps are current, ${count('run')} would run, ${count('wait')} wait for them`;
  const rows = steps
    .filter(({ action }) => action !== 'hit')
    .map(({ step, action, cues, shards }) => [
      action,
      step,
      shards.total === 0 ? '' : `${shards.total - shards.hit} of ${shards.total}`,
      shortCues(cues),
    ]);
  const body = rows.length === 0 ? ['nothing to do'] : [...table(['', 'step', 'shards', 'why'], rows), '', ...costLines(document)];
  const left = outside.length === 0 ? [] : [`not selected, and not current: ${outside.join(', ')}`];
  return [head, '', ...body, ...left, `fingerprint ${fingerprint}`];
}

/** What is known of the cost, each sum with its basis. */
function costLines({ steps, route, routes, parts, pricedAsOf }: ReturnType<typeof planDocument>): string[] {
  const sum = (basis: Basis): Price => total(steps.filter(({ forecast }) => forecast.basis === basis).map(({ forecast }) => forecast));
  const known = steps.some(({ forecast }) => forecast.basis === 'recorded');
  const last = sum('recorded');
  const recorded = `as recorded last time: ${last.requests} requests, ${last.credits} credits ($${last.usd.toFixed(2)}), ${last.seconds.toFixed(1)} s of work${last.requests > 0 ? '; what the archive holds is not asked again' : ''}`;
  const lines = [...(known ? [recorded] : []), ...routeLines({ route, routes, parts }, pricedAsOf)];
  return lines.length === 0 ? ['no earlier run to forecast from'] : lines;
}
