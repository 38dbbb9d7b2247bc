import { svg, type Markup } from './markup';
import type { Region } from './regions';

const shapes: Record<Region['marker'], string> = {
  circle: 'M-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z',
  square: 'M-3.6 -3.6h7.2v7.2h-7.2z',
  triangle: 'M0 -4.8L4.6 3.4H-4.6z',
  wedge: 'M0 4.8L4.6 -3.4H-4.6z',
  diamond: 'M0 -5.2L4.6 0L0 5.2L-4.6 0z',
  cross: 'M-1.5 -4.6h3v3.1h3.1v3h-3.1v3.1h-3v-3.1h-3.1v-3h3.1z',
};

/** A marker in the shape and colour of a region; `few` draws it hollow (few articles behind it). */
export function marker(at: { x: number; y: number }, shape: Region['marker'], few = false, ask?: string): Markup {
  return svg`<path class="${few ? 'dot few' : 'dot'}"${ask ? svg` data-ask="${ask}"` : null} transform="translate(${at.x} ${at.y})" d="${shapes[shape]}"/>`;
}
