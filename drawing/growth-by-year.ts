import { valueAxis, yearAxis, type Plot } from './axes';
import { frame, type FigureOptions } from './frame';
import { compoundGrowth, type Growth } from './growth';
import { svg, type Markup } from './markup';
import { count, percent, short } from './numbers';
import { linear, ticks } from './scale';

export interface GrowthBar {
  year: number;
  pubmed: number;
  conference: number;
  ask?: string;
}

/** Bars by year, journal articles below conference articles, with the curve of the compound growth rate (paper, Fig. 1). */
export function growthByYear(rows: readonly GrowthBar[], options: FigureOptions): string {
  const height = options.width < 500 ? 260 : 340;
  const plot: Plot = { left: 44, right: options.width - 4, top: 44, bottom: height - 28 };
  const totals = rows.map((row) => ({ year: row.year, articles: row.pubmed + row.conference }));
  const years: [number, number] = [Math.min(...rows.map((row) => row.year)), Math.max(...rows.map((row) => row.year))];
  const values = ticks(Math.max(...totals.map((row) => row.articles)), 5);
  const step = (plot.right - plot.left) / (years[1] - years[0] + 1);
  const x = (year: number) => plot.left + (year - years[0] + 0.5) * step;
  const y = linear([0, values[values.length - 1]!], [plot.bottom, plot.top]);
  const bars = rows.map((row) => stackedBar(row, { x: x(row.year) - step * 0.4, width: step * 0.8, y }));
  const growth = compoundGrowth(totals);
  return frame(options, height, [
    legend(),
    valueAxis(plot, values, short),
    yearAxis(plot, years, x),
    svg`<g>${bars}</g>`,
    growth && curve(growth, x, y),
    lastValue(totals, x, y),
  ]);
}

function stackedBar(row: GrowthBar, place: { x: number; width: number; y: (v: number) => number }): Markup {
  const { x, width, y } = place;
  const label = `${row.year}: ${count(row.pubmed)} in journals, ${count(row.conference)} at conferences`;
  const both = row.pubmed + row.conference;
  const ask = row.ask ? svg` data-ask="${row.ask}"` : null;
  return svg`<g${ask}><title>${label}</title><rect class="main" x="${x}" width="${width}" y="${y(row.pubmed)}" height="${y(0) - y(row.pubmed)}"/><rect class="second" x="${x}" width="${width}" y="${y(both)}" height="${y(row.pubmed) - y(both)}"/></g>`;
}

function curve(growth: Growth, x: (year: number) => number, y: (value: number) => number): Markup {
  const { from, to, rate } = growth;
  const points = Array.from(
    { length: to.year - from.year + 1 },
    (_, i) => `${x(from.year + i).toFixed(1)} ${y(from.articles * (1 + rate) ** i).toFixed(1)}`,
  );
  const middle = from.year + Math.round((to.year - from.year) * 0.55);
  const at = { x: x(middle) - 8, y: y(from.articles * (1 + rate) ** (middle - from.year)) - 22 };
  const sign = rate >= 0 ? '+' : '−';
  return svg`<path class="fit" d="M${points.join('L')}"/><text class="strong" text-anchor="end" x="${at.x}" y="${at.y}">${sign}${percent(Math.abs(rate))} a year</text><text class="muted" text-anchor="end" x="${at.x}" y="${at.y + 15}">${from.year}–${to.year}</text>`;
}

function lastValue(
  totals: readonly { year: number; articles: number }[],
  x: (year: number) => number,
  y: (value: number) => number,
): Markup {
  const last = totals.reduce((a, b) => (b.year > a.year ? b : a));
  return svg`<text class="strong" text-anchor="end" x="${x(last.year) + 14}" y="${y(last.articles) - 6}">${count(last.articles)}</text>`;
}

function legend(): Markup {
  return svg`<g><rect class="main" x="0" y="2" width="12" height="12"/><text x="18" y="12">Journals (PubMed)</text><rect class="second" x="140" y="2" width="12" height="12"/><text x="158" y="12">Conferences</text></g>`;
}
