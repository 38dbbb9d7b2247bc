import { frame, wrap, type FigureOptions } from './frame';
import { svg, type Markup } from './markup';
import { count, percent } from './numbers';
import { linear } from './scale';

export interface FlowStep {
  label: string;
  count: number;
  lost: number;
  reason: string;
  ask?: string;
}

/** The way from the articles found to the sample: a bar per stage, what was lost outlined, with its reason (paper, Fig. 10). */
export function sampleFlow(rows: readonly FlowStep[], options: FigureOptions): string {
  const wide = options.width >= 500;
  const x = linear([0, Math.max(...rows.map((row) => row.count + row.lost), 1)], [0, options.width - 2]);
  let top = 0;
  const marks = rows.map((row) => {
    const drawn = stage(row, { top, x, characters: wide ? 96 : 46 });
    top += drawn.height;
    return drawn.markup;
  });
  return frame(options, top, marks);
}

function stage(row: FlowStep, place: { top: number; x: (v: number) => number; characters: number }): { markup: Markup; height: number } {
  const { top, x, characters } = place;
  const lost =
    row.lost > 0
      ? svg`<rect class="lost" x="${x(row.count) + 1}" y="${top + 22}" width="${Math.max(0, x(row.lost) - 1)}" height="14"/>`
      : null;
  const whole = row.count + row.lost;
  const reason = row.lost > 0 ? wrap(`− ${count(row.lost)} (${percent(row.lost / whole)}): ${row.reason}`, characters) : [];
  const lines = reason.map((line, i) => svg`<text class="muted" x="0" y="${top + 52 + i * 15}">${line}</text>`);
  const head = svg`<text x="0" y="${top + 15}"><tspan class="strong">${count(row.count)}</tspan> ${row.label}</text>`;
  const ask = row.ask ? svg` data-ask="${row.ask}"` : null;
  return {
    markup: svg`<g${ask}>${head}<rect class="main" x="0" y="${top + 22}" width="${x(row.count)}" height="14"/>${lost}${lines}</g>`,
    height: 52 + reason.length * 15,
  };
}
