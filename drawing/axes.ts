import { svg, type Markup } from './markup';
import { yearTicks } from './scale';

/** Where the marks stand inside a figure, in px. */
export interface Plot {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** Horizontal grid lines with their values at the left edge, above the line. */
export function valueAxis(plot: Plot, values: readonly number[], say: (value: number) => string): Markup {
  const max = values[values.length - 1]!;
  const y = (value: number) => plot.bottom - (value / max) * (plot.bottom - plot.top);
  return svg`<g>${values.map(
    (value) =>
      svg`<line class="${value === 0 ? 'base' : 'grid'}" x1="0" x2="${plot.right}" y1="${y(value)}" y2="${y(value)}"/><text class="muted" x="0" y="${y(value) - 4}">${value === 0 ? '' : say(value)}</text>`,
  )}</g>`;
}

/** Years under the plot, as many as fit. */
export function yearAxis(plot: Plot, years: readonly [number, number], x: (year: number) => number): Markup {
  const most = Math.max(2, Math.floor((plot.right - plot.left) / 46));
  return svg`<g>${yearTicks(years[0], years[1], most).map((year) => svg`<text class="muted" text-anchor="middle" x="${x(year)}" y="${plot.bottom + 18}">${year}</text>`)}</g>`;
}

/** Label positions pushed apart to at least `gap` px, kept above `bottom`; the order of the input is kept in the output. */
export function spread(positions: readonly number[], gap: number, bottom: number): number[] {
  const order = positions.map((_, i) => i).sort((a, b) => positions[a]! - positions[b]!);
  const placed = [...positions];
  order.forEach((index, i) => {
    if (i > 0) placed[index] = Math.max(placed[index]!, placed[order[i - 1]!]! + gap);
  });
  let limit = bottom;
  for (const index of order.reverse()) {
    placed[index] = Math.min(placed[index]!, limit);
    limit = placed[index] - gap;
  }
  return placed;
}
