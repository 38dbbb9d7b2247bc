import { html } from '../drawing/markup';
import { plural } from '../drawing/numbers';
import type { Shown } from './data';
import { valueText, type View } from './map';
import { part } from './page';

/** Name, value and n of the country under the pointer. `current` gives what the map shows now. */
export function addTooltip(current: () => { view: View; places: readonly Shown[] }): void {
  const tooltip = part('[data-tooltip]', HTMLElement);
  const map = part('#map svg', SVGSVGElement);
  const hide = () => (tooltip.hidden = true);
  map.addEventListener('pointerleave', hide);
  map.addEventListener('pointermove', (event) => {
    const code = event.target instanceof SVGElement ? event.target.dataset.iso : undefined;
    const { view, places } = current();
    const place = places.find((candidate) => candidate.iso2 === code);
    if (!place) return hide();
    const n = view.measure.unit === 'count' ? '' : ` of ${plural(place.articles, 'article')}`;
    tooltip.innerHTML = html`<b>${place.name}</b> ${valueText(view.measure, place)}${n}`.text;
    tooltip.hidden = false;
    move(tooltip, event);
  });
}

function move(tooltip: HTMLElement, event: PointerEvent): void {
  const width = document.documentElement.clientWidth;
  const left = Math.min(event.clientX + 14, width - tooltip.offsetWidth - 8);
  tooltip.style.left = `${Math.max(8, left)}px`;
  tooltip.style.top = `${event.clientY + 18}px`;
}
