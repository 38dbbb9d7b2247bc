import { fit, frame, type FigureOptions } from './frame';
import { marker } from './markers';
import { svg, type Markup } from './markup';
import { decimal } from './numbers';
import { regionOf, type Region } from './regions';
import { linear } from './scale';

/** One estimate: a ratio with its 95% interval. */
export interface ForestLine {
  label: string;
  ratio: number;
  low: number;
  high: number;
  /** Drawn solid; the others hollow. */
  held: boolean;
  ask?: string;
}

export interface ForestGroup {
  name: string;
  /** Region whose colour and marker the group has; null for the plain ones. */
  region: string | null;
  lines: readonly ForestLine[];
}

export interface ForestOptions extends FigureOptions {
  /** What a ratio of one means, beside the line: "Asia". */
  one: string;
}

const lineHeight = 17;
const headHeight = 30;
const TICKS = [0.1, 0.2, 0.33, 0.5, 0.67, 0.8, 1, 1.25, 1.5, 2, 3, 5, 10];
/** Beyond these an interval is cut, with an arrow head: one wide interval would press all others together. */
const [LEAST, MOST] = [0.2, 5];

/** Ratios with 95% intervals on a logarithmic scale, in groups (paper, Figs. 7 and 8A). */
export function forest(groups: readonly ForestGroup[], options: ForestOptions): string {
  const wide = options.width >= 500;
  const [left, right] = [wide ? 210 : 118, options.width - (wide ? 130 : 10)];
  const x = scaleOf(groups, [left, right]);
  const tops = groups.map((_, i) => 18 + groups.slice(0, i).reduce((sum, { lines }) => sum + headHeight + lines.length * lineHeight, 0));
  const bottom = 18 + groups.reduce((sum, { lines }) => sum + headHeight + lines.length * lineHeight, 0);
  const marks = groups.map((group, i) => groupMarks(group, { top: tops[i]!, left, right, x, wide }));
  return frame(options, bottom + 22, [axis(x, { bottom, one: options.one, wide }), marks]);
}

interface Scale {
  (ratio: number): number;
  domain: readonly [number, number];
}

function scaleOf(groups: readonly ForestGroup[], range: readonly [number, number]): Scale {
  const ends = groups.flatMap(({ lines }) => lines.flatMap(({ low, high }) => [low, high]));
  const domain = [Math.max(LEAST, Math.min(0.9, ...ends)), Math.min(MOST, Math.max(1.1, ...ends))] as const;
  const scale = linear([Math.log(domain[0]), Math.log(domain[1])], range);
  const within = (ratio: number): number => Math.min(domain[1], Math.max(domain[0], ratio));
  return Object.assign((ratio: number) => scale(Math.log(within(ratio))), { domain });
}

/** Grid lines at round ratios, those that would touch the one before left out; the line of one is stronger and named. */
function axis(x: Scale, { bottom, one, wide }: { bottom: number; one: string; wide: boolean }): Markup {
  let last = -Infinity;
  const apart = (tick: number): boolean => {
    if (tick !== 1 && (x(tick) - last < 30 || Math.abs(x(tick) - x(1)) < 30)) return false;
    last = x(tick);
    return true;
  };
  const shown = TICKS.filter((tick) => tick >= x.domain[0] && tick <= x.domain[1]).filter(apart);
  const lines = shown.map(
    (tick) =>
      svg`<line class="${tick === 1 ? 'base' : 'grid'}" x1="${x(tick)}" x2="${x(tick)}" y1="16" y2="${bottom}"/><text class="muted" text-anchor="middle" x="${x(tick)}" y="${bottom + 15}">${String(tick)}</text>`,
  );
  return svg`<g>${lines}<text class="muted" text-anchor="middle" x="${x(1)}" y="11">${fit(`1 = ${one}`, wide ? 40 : 22)}</text></g>`;
}

interface Place {
  top: number;
  left: number;
  right: number;
  x: Scale;
  wide: boolean;
}

function groupMarks({ name, region, lines }: ForestGroup, { top, ...place }: Place): Markup {
  const look = regionOf(region);
  const rows = lines.map((line, i) => lineMarks(line, { ...place, look, y: top + headHeight + i * lineHeight }));
  return svg`<g class="region-${look.slug}"><text class="strong" x="0" y="${top + 14}">${name}</text>${rows}</g>`;
}

function lineMarks(
  { label, ratio, low, high, held, ask }: ForestLine,
  { left, right, x, wide, y, look }: Omit<Place, 'top'> & { y: number; look: Region },
): Markup {
  const said = `${decimal(ratio, 2)} (${decimal(low, 2)}–${decimal(high, 2)})`;
  const text = wide ? svg`<text${held && svg` class="strong"`} x="${right + 10}" y="${y + 4}">${said}</text>` : null;
  const name = svg`<text class="${held ? 'strong' : 'muted'}" x="8" y="${y + 4}">${fit(label, Math.floor((left - 14) / 6.2))}</text>`;
  const interval = svg`<line class="path" x1="${x(low)}" x2="${x(high)}" y1="${y}" y2="${y}"/>`;
  const point = ratio >= x.domain[0] && ratio <= x.domain[1] ? marker({ x: x(ratio), y }, look.marker, !held) : null;
  return svg`<g${ask ? svg` data-ask="${ask}"` : null}>${name}${interval}${cut(x, { low, high, y })}${point}${text}</g>`;
}

/** Arrow heads where an interval goes on beyond the scale. */
function cut(x: Scale, { low, high, y }: { low: number; high: number; y: number }): Markup {
  const head = (at: number, way: 1 | -1) => svg`<path class="path" d="M${at - 5 * way} ${y - 4}L${at} ${y}L${at - 5 * way} ${y + 4}"/>`;
  return svg`${low < x.domain[0] && head(x(x.domain[0]), -1)}${high > x.domain[1] && head(x(x.domain[1]), 1)}`;
}
