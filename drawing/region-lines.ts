import { spread, valueAxis, yearAxis, type Plot } from './axes';
import { frame, type FigureOptions } from './frame';
import { marker } from './markers';
import { svg, type Markup } from './markup';
import { percent, said, short, type Unit } from './numbers';
import { regionOf, regionOrder, type Region } from './regions';
import { linear, ticks } from './scale';

export interface RegionYear {
  region: string | null;
  year: number;
  /** A count, or a share between 0 and 1; null leaves a gap. */
  value: number | null;
  /** Articles behind a share: below the minimum the marker is hollow. */
  n: number;
  ask?: string;
}

export interface LineOptions extends FigureOptions {
  unit: Unit;
  minimum?: number;
}

/** A share of fewer articles jumps by five points with each of them: it is not drawn, and stands in the table. */
export const TELLING = 20;

/** One line per region over the years, labelled at its end, told apart by colour, dash and marker (paper, Figs. 1 and 6). */
export function regionLines(rows: readonly RegionYear[], options: LineOptions): string {
  const { width, unit } = options;
  const height = width < 500 ? 300 : 360;
  const wide = width >= 500;
  const plot: Plot = { left: 44, right: width - (wide ? 178 : 112), top: 18, bottom: height - 30 };
  const years = yearSpan(rows);
  const shown = options.minimum === undefined ? rows : rows.map((row) => (row.n < TELLING ? { ...row, value: null } : row));
  const values = ticks(Math.max(...shown.map((row) => row.value ?? 0), Number.MIN_VALUE), wide ? 5 : 4);
  const x = linear(years, [plot.left, plot.right]);
  const y = linear([0, values[values.length - 1]!], [plot.bottom, plot.top]);
  const lines = grouped(shown).map((line) => ({ ...line, points: placed(line.rows, x, y) }));
  const axes = [valueAxis(plot, values, (value) => axisText(value, unit)), yearAxis(plot, years, x)];
  return frame(options, height, [...axes, ...lines.map((line) => drawLine(line, options)), endLabels(lines, { plot, unit, wide })]);
}

interface Point {
  row: RegionYear;
  x: number;
  y: number;
}

interface Line {
  region: Region;
  points: Point[];
}

function grouped(rows: readonly RegionYear[]) {
  const names = [...new Set(rows.map((row) => row.region))].sort((a, b) => regionOrder(a) - regionOrder(b));
  return names.map((name) => ({ region: regionOf(name), rows: rows.filter((row) => row.region === name).sort((a, b) => a.year - b.year) }));
}

function placed(rows: readonly RegionYear[], x: (v: number) => number, y: (v: number) => number): Point[] {
  return rows.flatMap((row) => (row.value === null ? [] : [{ row, x: x(row.year), y: y(row.value) }]));
}

function drawLine({ region, points }: Line, options: LineOptions): Markup {
  const d = points.map((point, i) => `${i === 0 ? 'M' : 'L'}${point.x.toFixed(1)} ${point.y.toFixed(1)}`).join('');
  const few = (point: Point) => point.row.n < (options.minimum ?? 0);
  const shown = points.filter((point, i) => few(point) || i === points.length - 1 || (points.length - 1 - i) % 4 === 0);
  const dash = region.dash ? svg` stroke-dasharray="${region.dash}"` : null;
  const hits = points.map((point) => marker(point, region.marker, few(point), point.row.ask));
  const visible = new Set(shown);
  return svg`<g class="region-${region.slug}"><path class="path"${dash} d="${d}"/>${hits.filter((_, i) => visible.has(points[i]!))}</g>`;
}

function endLabels(lines: readonly Line[], { plot, unit, wide }: { plot: Plot; unit: Unit; wide: boolean }): Markup {
  const ends = lines.flatMap(({ region, points }) => (points.length > 0 ? [{ region, point: points[points.length - 1]! }] : []));
  const heights = spread(
    ends.map((end) => end.point.y),
    wide ? 16 : 25,
    plot.bottom - (wide ? 0 : 10),
  );
  return svg`<g>${ends.map(({ region, point }, i) => {
    const value = said(point.row.value ?? 0, unit);
    const place = svg`<path class="grid" d="M${point.x + 7} ${point.y}L${plot.right + 16} ${heights[i]!}"/>`;
    const text = wide
      ? svg`<text x="${plot.right + 36}" y="${heights[i]! + 4}">${region.short} <tspan class="muted">${value}</tspan></text>`
      : svg`<text x="${plot.right + 32}" y="${heights[i]! + 1}">${narrowName(region)}</text><text class="muted" x="${plot.right + 32}" y="${heights[i]! + 13}">${value}</text>`;
    return svg`${place}<g class="region-${region.slug}">${marker({ x: plot.right + 23, y: heights[i]! }, region.marker)}</g>${text}`;
  })}</g>`;
}

function narrowName(region: Region): string {
  return region.short.replace('Northern America', 'N. America').replace('Latin America', 'L. America');
}

function axisText(value: number, unit: Unit): string {
  return unit === 'percent' ? percent(value).replace('.0', '') : short(value);
}

function yearSpan(rows: readonly { year: number }[]): [number, number] {
  const years = rows.map((row) => row.year);
  return [Math.min(...years), Math.max(...years)];
}
