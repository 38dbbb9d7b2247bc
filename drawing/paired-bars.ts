import { fit, frame, type FigureOptions } from './frame';
import { svg, type Markup } from './markup';
import { percent } from './numbers';
import { linear } from './scale';

export interface Pair {
  name: string;
  /** Shares between 0 and 1. */
  left: number;
  right: number;
  ask?: string;
}

export interface PairOptions extends FigureOptions {
  leftLabel: string;
  rightLabel: string;
}

const rowHeight = 20;

/** Two panels of bars side by side, each on its own scale (the paper's Fig. 4 has two axes in one panel). */
export function pairedBars(rows: readonly Pair[], options: PairOptions): string {
  const wide = options.width >= 500;
  const label = wide ? 130 : 96;
  const panel = (options.width - label) / 2;
  const panels = (['left', 'right'] as const).map((side, i) => ({
    side,
    start: label + i * panel,
    scale: scaleOf(rows, side, panel - 54),
    heading: options[`${side}Label`],
  }));
  const headings = panels.map(
    ({ start, heading, side }) =>
      svg`<text class="strong" x="${start}" y="12">${heading}</text><line class="base" x1="${start}" x2="${start}" y1="22" y2="${24 + rows.length * rowHeight}" data-side="${side}"/>`,
  );
  const marks = rows.map((row, i) => pair(row, 22 + i * rowHeight, { label, panels }));
  return frame(options, 28 + rows.length * rowHeight, [headings, marks]);
}

interface Panel {
  side: 'left' | 'right';
  start: number;
  scale: (value: number) => number;
}

function scaleOf(rows: readonly Pair[], side: 'left' | 'right', width: number): (value: number) => number {
  return linear([0, Math.max(...rows.map((row) => row[side]), Number.MIN_VALUE)], [0, width]);
}

function pair(row: Pair, top: number, { label, panels }: { label: number; panels: readonly Panel[] }): Markup {
  const bars = panels.map(({ side, start, scale }) => {
    const width = scale(row[side]);
    return svg`<rect class="${side === 'left' ? 'main' : 'second'}" x="${start}" y="${top + 3}" width="${width}" height="${rowHeight - 6}"/><text x="${start + width + 5}" y="${top + 14}">${percent(row[side])}</text>`;
  });
  return svg`<g${row.ask ? svg` data-ask="${row.ask}"` : null}><text text-anchor="end" x="${label - 8}" y="${top + 14}">${fit(row.name, Math.floor(label / 6.3))}</text>${bars}</g>`;
}
