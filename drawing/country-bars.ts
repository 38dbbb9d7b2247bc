import { fit, frame, type FigureOptions } from './frame';
import { svg, type Markup } from './markup';
import { count, said, type Unit } from './numbers';
import { regionOf, regions } from './regions';
import { linear } from './scale';

export interface CountryBar {
  name: string;
  region: string | null;
  value: number;
  /** Articles behind a share: below the minimum the bar is only outlined. */
  n: number;
  ask?: string;
}

export interface BarOptions extends FigureOptions {
  unit: Unit;
  minimum?: number;
  /** Heading of the column with n; leave out for counts. */
  showN?: boolean;
}

const rowHeight = 20;

/** Horizontal bars in the order given, coloured by region, value and n written out (paper, Figs. 5 and 8C). */
export function countryBars(rows: readonly CountryBar[], options: BarOptions): string {
  const wide = options.width >= 500;
  const left = wide ? 150 : 118;
  const right = options.width - (options.showN ? (wide ? 150 : 104) : 64);
  const shown = regions.filter((region) => rows.some((row) => regionOf(row.region) === region));
  const columns = wide ? 6 : 2;
  const top = shown.length > 1 ? 8 + Math.ceil(shown.length / columns) * 18 : 0;
  const x = linear([0, Math.max(...rows.map((row) => row.value), Number.MIN_VALUE)], [left, right]);
  const marks = rows.map((row, i) => bar(row, { top: top + i * rowHeight, left, x, options }));
  const legend = shown.length > 1 ? regionLegend(shown, columns, options.width) : null;
  return frame(options, top + rows.length * rowHeight + 4, [
    legend,
    svg`<line class="base" x1="${left}" x2="${left}" y1="${top}" y2="${top + rows.length * rowHeight}"/>`,
    marks,
  ]);
}

interface Place {
  top: number;
  left: number;
  x: (value: number) => number;
  options: BarOptions;
}

function bar(row: CountryBar, { top, left, x, options }: Place): Markup {
  const few = row.n < (options.minimum ?? 0);
  const end = x(row.value);
  const ask = row.ask ? svg` data-ask="${row.ask}"` : null;
  const n = options.showN ? svg` <tspan class="light">n = ${count(row.n)}</tspan>` : null;
  const value = svg`<text class="strong" x="${end + 6}" y="${top + 14}">${said(row.value, options.unit)}${n}</text>`;
  const label = svg`<text text-anchor="end" x="${left - 8}" y="${top + 14}">${fit(row.name, Math.floor(left / 6.3))}</text>`;
  return svg`<g class="region-${regionOf(row.region).slug}"${ask}><rect class="bar${few ? ' few' : ''}" x="${left}" y="${top + 3}" width="${Math.max(0, end - left)}" height="${rowHeight - 6}"/>${label}${value}</g>`;
}

/** Swatches with the regions' names, in rows of `columns`; on wide figures each as wide as its name. */
function regionLegend(shown: readonly { slug: string; short: string }[], columns: number, width: number): Markup {
  const before = (i: number) => shown.slice(0, i).reduce((sum, region) => sum + region.short.length * 6.4 + 34, 0);
  return svg`<g>${shown.map((region, i) => {
    const x = columns >= shown.length ? before(i) : (i % columns) * (width / columns);
    const y = Math.floor(i / columns) * 18;
    return svg`<g class="region-${region.slug}"><rect class="bar" x="${x}" y="${y + 2}" width="10" height="10"/><text x="${x + 15}" y="${y + 11}">${region.short}</text></g>`;
  })}</g>`;
}
