import { cueLine, type Cue } from '../dag/cues';
import type { PlannedStep } from '../dag/plan';
import type { Forecast } from '../store/forecast';
import { print, type SelectorOptions } from './options';
import { planStudy, pricePlan, type PricedPlan } from './plan-of';
import { openStudy } from './study-session';
import { table } from './table';

/** `atlas plan` */
export async function run(options: SelectorOptions): Promise<number> {
  const session = await openStudy(options, { temporal: false });
  try {
    const plan = await pricePlan(session, await planStudy(session, options));
    const document = planDocument(session.loaded.study.name, plan);
    print(options, document, () => lines(document));
    return 0;
  } finally {
    await session.close();
  }
}

type Price = Pick<Forecast, 'requests' | 'credits' | 'usd' | 'bytes' | 'seconds'>;

const FREE: Price = { requests: 0, credits: 0, usd: 0, bytes: 0, seconds: 0 };

export function planDocument(study: string, plan: PricedPlan) {
  const steps = plan.steps.map((step) => ({
    step: step.step,
    key: step.key,
    action: step.action,
    cues: step.cues,
    shards: shardsOf(step, plan.forecasts.get(step.step)),
    forecast: priceOf(step, plan.forecasts.get(step.step)),
  }));
  const totals = steps.reduce((sum, { forecast }) => add(sum, forecast), FREE);
  return { fingerprint: plan.fingerprint, study, vintage: plan.vintage, steps, totals };
}

/** A hit is cut no more: it has the shards it was made of. */
function shardsOf({ action, shards, missing }: PlannedStep, last: Forecast | undefined): { total: number; hit: number } {
  if (action === 'hit') return { total: last?.shards ?? 0, hit: last?.shards ?? 0 };
  return { total: shards.length, hit: shards.length - missing.length };
}

/** What the step cost last time, for the share of its shards that is missing. A step that never ran has no basis: zero. */
function priceOf({ action, shards, missing }: PlannedStep, last: Forecast | undefined): Price {
  if (action === 'hit' || last === undefined) return FREE;
  const share = action === 'run' && last.shards > 0 && shards.length > 0 ? missing.length / last.shards : 1;
  const { requests, credits, usd, bytes, seconds } = last;
  return {
    requests: Math.ceil(requests * share),
    credits: Math.ceil(credits * share),
    usd: Number((usd * share).toFixed(6)),
    bytes: Math.ceil(bytes * share),
    seconds: seconds * share,
  };
}

function add(a: Price, b: Price): Price {
  return {
    requests: a.requests + b.requests,
    credits: a.credits + b.credits,
    usd: Number((a.usd + b.usd).toFixed(6)),
    bytes: a.bytes + b.bytes,
    seconds: a.seconds + b.seconds,
  };
}

/** The first reason; `atlas why` tells them all. */
function shortCues(cues: readonly Cue[]): string {
  const more = cues.length > 1 ? ` (and ${cues.length - 1} more)` : '';
  return cues[0] === undefined ? '' : cueLine(cues[0]) + more;
}

function lines(document: ReturnType<typeof planDocument>): string[] {
  const { steps, totals, study, vintage, fingerprint } = document;
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
  const price = `last time these cost ${totals.requests} requests, ${totals.credits} credits ($${totals.usd.toFixed(2)}), ${totals.seconds.toFixed(1)} s of work`;
  const body =
    rows.length === 0
      ? ['nothing to do']
      : [...table(['', 'step', 'shards', 'why'], rows), '', totals.seconds > 0 ? price : 'no earlier run to forecast from'];
  return [head, '', ...body, `fingerprint ${fingerprint}`];
}
