import { classLabel, toneOf, type Breaks } from '../drawing/classes';
import { mapFinding } from '../drawing/map/finding';
import { areaClass } from '../drawing/map/area-class';
import { html } from '../drawing/markup';
import { breaksFor, measures, valueOf, type Measure } from '../drawing/measures';
import { plural, said } from '../drawing/numbers';
import { placesIn, type Atlas, type Shown } from './data';
import { part, parts } from './page';

export interface View {
  measure: Measure;
  year: number;
  cumulative: boolean;
}

/** What the controls of the map say. */
export function readView(form: HTMLFormElement): View {
  const chosen = new FormData(form);
  const measure = measures.find((candidate) => candidate.id === chosen.get('measure')) ?? measures[0]!;
  return { measure, year: Number(part('[data-year]', HTMLInputElement, form).value), cumulative: chosen.get('span') !== 'single' };
}

/** Colours the areas, and rewrites title, legend, n and the places too small to draw. */
export function showMap(atlas: Atlas, view: View): Shown[] {
  const places = placesIn(atlas, view.year, view.cumulative);
  const breaks = breaksFor(view.measure, scalePlaces(atlas, view), atlas.minimum);
  const byCode = new Map(places.map((place) => [place.iso2, place]));
  for (const area of parts('#map .areas path', SVGPathElement)) {
    const place = byCode.get(area.dataset.iso ?? '');
    const row = place && { value: valueOf(view.measure, place), n: place.articles };
    const open = area.classList.contains('open') ? ' open' : '';
    area.setAttribute('class', areaClass(row, { breaks, minimum: atlas.minimum, unit: view.measure.unit }) + open);
    area.querySelector('title')?.remove();
  }
  for (const small of parts('[data-small]', HTMLElement))
    small.textContent = valueText(view.measure, byCode.get(small.dataset.small ?? ''));
  describe(places, view, breaks, atlas.minimum);
  return places;
}

/** One scale for all years of a measure, so that colours can be compared while the years play. */
function scalePlaces(atlas: Atlas, view: View): Shown[] {
  const last = atlas.years[1];
  if (view.cumulative || view.measure.unit !== 'count') return placesIn(atlas, last, true);
  return atlas.places.flatMap((place) => place.byYear.map((row) => ({ ...place, ...row })));
}

function describe(places: readonly Shown[], view: View, breaks: Breaks, minimum: number): void {
  const span = view.cumulative ? 'up to' : 'in';
  const filled = places.filter((place) => place.articles > 0);
  const total = filled.reduce((sum, place) => sum + place.articles, 0);
  const figure = part('#map', HTMLElement);
  part('[data-finding]', HTMLElement, figure).textContent = mapFinding(
    view.measure,
    places,
    view.measure.unit === 'count' ? null : minimum,
  );
  part('[data-subtitle]', HTMLElement, figure).textContent = `${view.measure.subtitle}, ${span} ${view.year}`;
  part('[data-year-shown]', HTMLOutputElement, figure).textContent = String(view.year);
  part('[data-n]', HTMLElement, figure).textContent = `n = ${plural(total, 'article')} in ${plural(filled.length, 'country', 'countries')}`;
  const items = breaks.map(
    (_, i) => html`<li><i class="swatch t${toneOf(i, breaks)}"></i>${classLabel(i, breaks, view.measure.unit)}</li>`,
  );
  part('[data-legend]', HTMLElement, figure).innerHTML = html`${items}`.text;
}

/** "1,234", "12 %" or "no articles". */
export function valueText(measure: Measure, place: Shown | undefined): string {
  const value = place ? valueOf(measure, place) : null;
  return value === null ? 'no articles' : said(value, measure.unit);
}
