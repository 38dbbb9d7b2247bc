import { classLabel, toneOf, tones } from '../classes';
import { frame, type Caption } from '../frame';
import { svg, type Markup } from '../markup';
import { said } from '../numbers';
import { areaClass, type AreaScale } from './area-class';
import { mapSize, outlines } from './outlines';

export interface MapRow {
  iso2: string;
  name: string;
  value: number | null;
  /** Articles behind the value: below `minimum` the area is hatched. */
  n: number;
}

export interface MapOptions extends AreaScale {
  id: string;
  title: string;
  description: string;
  caption?: Caption;
}

/** World map in classes (paper, Figs. 2 and 5). Areas without a row or value keep the colour of "no articles". */
export function worldMap(rows: readonly MapRow[], options: MapOptions): string {
  const byCode = new Map(rows.map((row) => [row.iso2, row]));
  const areas = outlines().map((outline) => area(outline, byCode.get(outline.iso2 ?? ''), options));
  const legend = options.caption ? mapLegend(options) : null;
  const height = mapSize.height + (legend ? 44 : 0);
  return frame({ ...options, width: mapSize.width }, height, svg`<defs>${hatches()}</defs><g class="areas">${areas}</g>${legend}`);
}

function area(outline: { iso2: string | null; name: string; path: string }, row: MapRow | undefined, options: MapOptions): Markup {
  const code = outline.iso2 ? svg` data-iso="${outline.iso2}"` : null;
  const label = row && row.value !== null ? `${row.name}: ${said(row.value, options.unit)}` : `${row?.name ?? outline.name}: no articles`;
  return svg`<path class="${areaClass(row, options)}"${code} d="${outline.path}"><title>${label}</title></path>`;
}

function hatches(): Markup[] {
  return Array.from(
    { length: tones },
    (_, k) =>
      svg`<pattern id="hatch-${k}" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="k${k}" width="5" height="5"/><path class="stripe" d="M0 0V5"/></pattern>`,
  );
}

function mapLegend(options: MapOptions): Markup {
  const top = mapSize.height + 16;
  const items = options.breaks.map((_, i) => ({
    class: `k${toneOf(i, options.breaks)}`,
    label: classLabel(i, options.breaks, options.unit),
  }));
  const all = [{ class: 'area', label: 'no articles' }, ...items];
  return svg`<g>${all.map(
    (item, i) =>
      svg`<rect class="${item.class}" x="${12 + i * 118}" y="${top}" width="18" height="12"/><text x="${36 + i * 118}" y="${top + 10}">${item.label}</text>`,
  )}</g>`;
}
