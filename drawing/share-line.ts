import { valueAxis, yearAxis, type Plot } from './axes';
import { frame, type FigureOptions } from './frame';
import { marker } from './markers';
import { svg } from './markup';
import { percent } from './numbers';
import { linear, ticks } from './scale';

export interface ShareYear {
  year: number;
  /** Between 0 and 1; null leaves the year out. */
  share: number | null;
  /** Articles the share rests on: below the minimum the marker is hollow. */
  n: number;
  ask?: string;
}

/** One share over the years (paper, Fig. 8B). */
export function shareLine(rows: readonly ShareYear[], options: FigureOptions & { minimum?: number }): string {
  const height = options.width < 500 ? 240 : 280;
  const plot: Plot = { left: 44, right: options.width - 52, top: 18, bottom: height - 28 };
  const known = rows.filter((row) => row.share !== null).sort((a, b) => a.year - b.year);
  const years: [number, number] = [Math.min(...rows.map((row) => row.year)), Math.max(...rows.map((row) => row.year))];
  const values = ticks(Math.max(...known.map((row) => row.share!), Number.MIN_VALUE), 4);
  const x = linear(years, [plot.left, plot.right]);
  const y = linear([0, values[values.length - 1]!], [plot.bottom, plot.top]);
  const d = known.map((row) => `${x(row.year).toFixed(1)} ${y(row.share!).toFixed(1)}`).join('L');
  const dots = known.map((row) => marker({ x: x(row.year), y: y(row.share!) }, 'circle', row.n < (options.minimum ?? 0), row.ask));
  const last = known[known.length - 1];
  const end = last ? svg`<text class="strong" x="${x(last.year) + 9}" y="${y(last.share!) + 4}">${percent(last.share!)}</text>` : null;
  const line = known.length > 1 ? svg`<path class="path" d="M${d}"/>` : null;
  return frame(options, height, [
    valueAxis(plot, values, (value) => percent(value).replace('.0', '')),
    yearAxis(plot, years, x),
    line,
    dots,
    end,
  ]);
}
