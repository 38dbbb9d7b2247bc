import { frame, type FigureOptions } from './frame';
import { svg } from './markup';
import { count } from './numbers';
import { linear } from './scale';

/** Small bars by year for the panel of one country. */
export function countrySeries(
  rows: readonly { year: number; articles: number }[],
  options: FigureOptions & { years: readonly [number, number] },
): string {
  const { years, width } = options;
  const height = 92;
  const step = width / (years[1] - years[0] + 1);
  const max = Math.max(...rows.map((row) => row.articles), 1);
  const y = linear([0, max], [height - 20, 16]);
  const bars = rows.map((row) => {
    const x = (row.year - years[0]) * step;
    return svg`<rect class="main" x="${x + step * 0.1}" width="${step * 0.8}" y="${y(row.articles)}" height="${y(0) - y(row.articles)}"><title>${row.year}: ${count(row.articles)}</title></rect>`;
  });
  const axis = svg`<line class="base" x1="0" x2="${width}" y1="${height - 20}" y2="${height - 20}"/><text class="muted" x="0" y="${height - 5}">${years[0]}</text><text class="muted" text-anchor="end" x="${width}" y="${height - 5}">${years[1]}</text>`;
  const peak = svg`<text class="muted" x="0" y="10">at most ${count(max)} a year</text>`;
  return frame(options, height, [axis, bars, peak]);
}
