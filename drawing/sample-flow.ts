import { frame, wrap, type FigureOptions } from './frame';
import { svg, type Markup } from './markup';
import { count, percent } from './numbers';
import { linear } from './scale';

export interface FlowStep {
  label: string;
  count: number;
  lost: number;
  reason: string;
  /** Told in passing: the next stage does not start from it. */
  aside?: boolean;
  ask?: string;
}

/** The way from the articles found to the sample: a bar per stage, what was lost outlined, with its reason (paper, Fig. 10). */
export function sampleFlow(rows: readonly FlowStep[], options: FigureOptions): string {
  const wide = options.width >= 500;
  const x = linear([0, Math.max(...rows.map((row) => row.count + row.lost), 1)], [0, options.width - 2]);
  let top = 0;
  const marks = rows.map((row) => {
    const drawn = (row.aside ? aside : stage)(row, { top, x, characters: wide ? 96 : 46 });
    top += drawn.height;
    return drawn.markup;
  });
  return frame(options, top, marks);
}

interface Place {
  readonly top: number;
  readonly x: (records: number) => number;
  readonly characters: number;
}

function stage(row: FlowStep, place: Place): { markup: Markup; height: number } {
  const { top, x, characters } = place;
  const lost =
    row.lost > 0
      ? svg`<rect class="lost" x="${x(row.count) + 1}" y="${top + 22}" width="${Math.max(0, x(row.lost) - 1)}" height="14"/>`
      : null;
  const whole = row.count + row.lost;
  const reason = row.lost > 0 ? wrap(`− ${count(row.lost)} (${percent(row.lost / whole)}): ${row.reason}`, characters) : [];
  const lines = reason.map((line, i) => svg`<text class="muted" x="0" y="${top + 52 + i * 15}">${line}</text>`);
  const head = svg`<text x="0" y="${top + 15}"><tspan class="strong">${count(row.count)}</tspan> ${row.label}</text>`;
  return {
    markup: svg`<g${asked(row)}>${head}<rect class="main" x="0" y="${top + 22}" width="${x(row.count)}" height="14"/>${lost}${lines}</g>`,
    height: 52 + reason.length * 15,
  };
}

/** A count beside the way: no bar, since it is part of no stage's width. */
function aside(row: FlowStep, { top, characters }: Place): { markup: Markup; height: number } {
  const lines = wrap(`${count(row.count)} ${row.label}`, characters);
  const text = lines.map((line, i) => svg`<text class="muted" x="14" y="${top + 9 + i * 15}">${line}</text>`);
  return { markup: svg`<g${asked(row)}>${text}</g>`, height: 9 + lines.length * 15 };
}

const asked = ({ ask }: FlowStep): Markup | null => (ask ? svg` data-ask="${ask}"` : null);
