/** A linear scale from domain to range. An empty domain maps to the start of the range. */
export function linear(domain: readonly [number, number], range: readonly [number, number]): (value: number) => number {
  const [from, to] = domain;
  const span = to - from || 1;
  return (value) => range[0] + ((value - from) / span) * (range[1] - range[0]);
}

/** The round step (1, 2, 5 × 10ⁿ) that cuts `max` into at most `parts` parts. */
export function roundStep(max: number, parts: number): number {
  const raw = max / parts;
  if (!(raw > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(raw));
  const factor = [1, 2, 5, 10].find((candidate) => candidate * power >= raw * (1 - 1e-9))!;
  return factor * power;
}

/** Round ticks from 0 up to the first one at or above `max`. */
export function ticks(max: number, parts = 4): number[] {
  const step = roundStep(max, parts);
  const steps = Math.max(1, Math.ceil(max / step - 1e-9));
  return Array.from({ length: steps + 1 }, (_, i) => Number((i * step).toPrecision(12)));
}

/** Years to label between two years: every 1, 2, 5 or 10, whichever leaves at most `most` labels. */
export function yearTicks(first: number, last: number, most: number): number[] {
  const step = [1, 2, 5, 10, 20].find((candidate) => (last - first) / candidate < most) ?? 50;
  const years: number[] = [];
  for (let year = Math.ceil(first / step) * step; year <= last; year += step) years.push(year);
  return years;
}
