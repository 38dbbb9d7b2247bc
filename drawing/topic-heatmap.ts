import { classLabel, classOf, toneOf, type Breaks } from './classes';
import { fit, frame, type FigureOptions } from './frame';
import { svg, type Markup } from './markup';
import { percent } from './numbers';
import { regionOf } from './regions';

export interface HeatmapColumn {
  code: string;
  name: string;
  region: string | null;
}

export interface Heatmap {
  /** Topics from the most frequent down. */
  rows: readonly { name: string }[];
  /** Countries, grouped by region. */
  columns: readonly HeatmapColumn[];
  /** Share of the country's articles, row by column; null where the country has none. */
  shares: readonly (readonly (number | null)[])[];
  ask?: (row: number, column: number) => string;
}

const cell = 15;
const left = 200;
const top = 122;
/** Steep enough that labels of regions with one country each stay apart. */
const SLANT_DEGREES = 50;
/** Of the last region's label, beyond the last column. */
const OVERHANG = 56;

/** Topics by country: each cell the share of the country's articles (paper, Fig. 3). Grouped by region, with a gap between groups. */
export function topicHeatmap(map: Heatmap, options: FigureOptions & { breaks: Breaks }): string {
  const places = columnPlaces(map.columns);
  const width = left + (places[places.length - 1] ?? 0) + cell + OVERHANG;
  const height = top + map.rows.length * cell + 44;
  const cells = map.rows.map((row, r) => {
    const name = svg`<text text-anchor="end" x="${left - 8}" y="${top + r * cell + 11}">${fit(row.name, 28)}</text>`;
    return svg`<g>${name}${map.columns.map((_, c) => drawCell(map, { r, c, x: left + places[c]! }, options.breaks))}</g>`;
  });
  return frame({ ...options, width }, height, [headings(map.columns, places), cells, legend(options.breaks, height - 26)]);
}

function columnPlaces(columns: readonly HeatmapColumn[]): number[] {
  let gap = 0;
  return columns.map((column, i) => {
    if (i > 0 && column.region !== columns[i - 1]!.region) gap += 10;
    return i * cell + gap;
  });
}

function drawCell(map: Heatmap, at: { r: number; c: number; x: number }, breaks: Breaks): Markup {
  const share = map.shares[at.r]?.[at.c] ?? null;
  const index = classOf(share, breaks);
  const tone = index === null ? '' : ` k${toneOf(index, breaks)}`;
  const label = `${map.columns[at.c]!.name}, ${map.rows[at.r]!.name}: ${share === null ? 'no articles' : percent(share)}`;
  const ask = map.ask ? svg` data-ask="${map.ask(at.r, at.c)}"` : null;
  return svg`<rect class="cell${tone}"${ask} x="${at.x}" y="${top + at.r * cell}" width="${cell}" height="${cell}"><title>${label}</title></rect>`;
}

function headings(columns: readonly HeatmapColumn[], places: readonly number[]): Markup {
  const codes = columns.map(
    (column, i) =>
      svg`<text class="muted" text-anchor="start" transform="translate(${left + places[i]! + 11} ${top - 6}) rotate(-90)">${column.code}</text>`,
  );
  const starts = columns.flatMap((column, i) => (i === 0 || column.region !== columns[i - 1]!.region ? [i] : []));
  const groups = starts.map((start, i) => {
    const end = (starts[i + 1] ?? columns.length) - 1;
    const from = left + places[start]!;
    const to = left + places[end]! + cell;
    const region = regionOf(columns[start]!.region);
    return svg`<g class="region-${region.slug}"><rect class="bar" x="${from}" y="${top - 32}" width="${to - from - 1}" height="4"/><text transform="translate(${from + 4} ${top - 38}) rotate(-${SLANT_DEGREES})">${region.short}</text></g>`;
  });
  return svg`<g>${codes}${groups}</g>`;
}

function legend(breaks: Breaks, y: number): Markup {
  const items = breaks.map(
    (_, i) =>
      svg`<rect class="k${toneOf(i, breaks)}" x="${left + i * 92}" y="${y}" width="16" height="12"/><text x="${left + 22 + i * 92}" y="${y + 10}">${classLabel(i, breaks, 'percent')}</text>`,
  );
  return svg`<g>${items}</g>`;
}
