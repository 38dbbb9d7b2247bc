import { count, said, type Unit } from './numbers';
import { roundStep } from './scale';

/** Lower bounds of the classes of a map or heatmap, ascending; the last class is open. */
export type Breaks = readonly number[];

/** Number of tones of the sequential scale (CSS classes k0 … k5). */
export const tones = 6;

/** Logarithmic classes for counts: 1, 10, 100 … or, where that leaves few, in steps of 3 (… 100, 300, 1,000), with one wide class below. */
export function countBreaks(max: number): Breaks {
  const halves = Array.from({ length: 16 }, (_, i) => (i % 2 === 0 ? 1 : 3) * 10 ** Math.floor(i / 2)).filter((bound) => bound <= max);
  const decades = halves.filter((_, i) => i % 2 === 0);
  if (halves.length <= tones) return halves.length > 0 ? halves : [1];
  return decades.length >= tones - 1 ? [1, ...decades.slice(1).slice(1 - tones)] : [1, ...halves.slice(1 - tones)];
}

/** Equal classes from 0 with a round step, for shares and ratios. */
export function evenBreaks(max: number): Breaks {
  const step = roundStep(max > 0 ? max : 1, tones);
  return Array.from({ length: tones }, (_, i) => Number((i * step).toPrecision(12))).filter((bound) => bound === 0 || bound <= max);
}

/** Classes for the shares of a heatmap, where most cells are small: 0, 1, 2, 5, 10, 20 %. */
export function shareBreaks(max: number): Breaks {
  return [0, 0.01, 0.02, 0.05, 0.1, 0.2].filter((bound) => bound === 0 || bound <= max);
}

/** Index of the class that holds the value; below the first bound: null. */
export function classOf(value: number | null, breaks: Breaks): number | null {
  if (value === null || value < breaks[0]!) return null;
  return breaks.findLastIndex((bound) => value >= bound - 1e-12);
}

/** The tone of a class: few classes are spread over the whole scale. */
export function toneOf(index: number, breaks: Breaks): number {
  return breaks.length < 2 ? tones - 1 : Math.round((index * (tones - 1)) / (breaks.length - 1));
}

/** What a class holds, in words: "10–99", "≥ 1,000", "2–4 %". */
export function classLabel(index: number, breaks: Breaks, unit: Unit): string {
  const low = breaks[index]!;
  const high = breaks[index + 1];
  if (high === undefined) return `≥ ${bound(low, unit)}`;
  if (unit === 'count') return high - 1 === low ? count(low) : `${count(low)}–${count(high - 1)}`;
  return `${bound(low, unit).replace('\u202f%', '')}–${bound(high, unit)}`;
}

function bound(value: number, unit: Unit): string {
  return unit === 'percent' ? `${Number((value * 100).toPrecision(4))}\u202f%` : unit === 'ratio' ? String(value) : said(value, unit);
}
