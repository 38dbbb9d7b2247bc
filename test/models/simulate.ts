import { columnOfValues, type ModelData } from '../../methods/models';
import { lgamma } from '../../methods/models/special/gamma';

/** Numbers from 0 to 1 that a seed determines (mulberry32). */
export function uniforms(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function normal(next: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
}

/** Marsaglia & Tsang (2000), with their boost below a shape of one. */
export function gammaDraw(shape: number, next: () => number): number {
  if (shape < 1) return gammaDraw(shape + 1, next) * (1 - next()) ** (1 / shape);
  const d = shape - 1 / 3;
  for (;;) {
    const x = normal(next);
    const v = (1 + x / Math.sqrt(9 * d)) ** 3;
    if (v > 0 && Math.log(1 - next()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}

/** By products of uniforms up to 30; above, the transformed rejection of Hörmann (1993). */
export function poissonDraw(mean: number, next: () => number): number {
  if (mean < 30) {
    const limit = Math.exp(-mean);
    let count = 0;
    for (let product = next(); product > limit; product *= next()) count++;
    return count;
  }
  const b = 0.931 + 2.53 * Math.sqrt(mean);
  const a = -0.059 + 0.02483 * b;
  for (;;) {
    const u = next() - 0.5;
    const v = 1 - next();
    const us = 0.5 - Math.abs(u);
    const k = Math.floor(((2 * a) / us + b) * u + mean + 0.43);
    if (us >= 0.07 && v <= 0.9277 - 3.6224 / (b - 2)) return k;
    if (k < 0 || (us < 0.013 && v > us)) continue;
    const right = k * Math.log(mean) - mean - lgamma(k + 1);
    if (Math.log((v * (1.1239 + 1.1328 / (b - 3.4))) / (a / (us * us) + b)) <= right) return k;
  }
}

export const nb2Draw = (mean: number, alpha: number, next: () => number): number =>
  poissonDraw(alpha === 0 ? mean : gammaDraw(1 / alpha, next) * alpha * mean, next);

export type Values = Readonly<Record<string, readonly (number | string | null)[]>>;

export function dataOf(columns: Values): ModelData {
  const entries = Object.entries(columns);
  return { rows: entries[0]![1].length, columns: new Map(entries.map(([name, values]) => [name, columnOfValues(values)])) };
}

export interface Panel {
  readonly seed: number;
  readonly groups: number;
  readonly each: number;
  readonly alpha: number;
  readonly slope: number;
}

/** Rows in groups with effects that the covariate x is correlated with, a factor of three regions, and an exposure. */
export function panel({
  seed,
  groups,
  each,
  alpha,
  slope,
}: Panel): Record<'y' | 'x' | 'region' | 'group' | 'service', (number | string)[]> {
  const next = uniforms(seed);
  const out: ReturnType<typeof panel> = { y: [], x: [], region: [], group: [], service: [] };
  for (let g = 0; g < groups; g++) {
    const effect = 1 + 0.7 * normal(next);
    for (let i = 0; i < each; i++) {
      const x = 0.5 * effect + normal(next);
      const region = Math.floor(next() * 3);
      const service = 0.5 + next();
      out.y.push(nb2Draw(service * Math.exp(effect + slope * x + 0.2 * region), alpha, next));
      out.x.push(x);
      out.region.push(['Africa', 'Asia', 'Europe'][region]!);
      out.group.push(`g${g}`);
      out.service.push(service);
    }
  }
  return out;
}
