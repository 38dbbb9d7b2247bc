import { html, type Markup } from '../../../drawing/markup';
import type { Measure } from '../../../drawing/measures';
import type { PageData } from '../../../drawing/page-data';

/** Measure, span, slider and play: hidden until the browser code runs. */
export function mapControls(data: PageData, given: readonly Measure[]): Markup {
  const [first, last] = data.years;
  const choices = given.map((measure, i) => choice('measure', measure.id, measure.label, i === 0));
  return html`<form class="controls needs-script" data-controls autocomplete="off">
    <fieldset class="choices">
      <legend>Measure</legend>
      ${choices}
    </fieldset>
    <fieldset class="choices">
      <legend>Span</legend>
      ${choice('span', 'cumulative', 'Cumulative', true)}${choice('span', 'single', 'Single year', false)}
    </fieldset>
    <div class="time">
      <button type="button" class="play" data-play aria-pressed="false" aria-label="Play through the years">
        <span aria-hidden="true">▶</span></button
      ><label><span class="hidden">Year</span><input type="range" data-year min="${first}" max="${last}" step="1" value="${last}" /></label
      ><output data-year-shown>${String(last)}</output>
    </div>
  </form>`;
}

function choice(name: string, value: string, label: string, checked: boolean): Markup {
  return html`<label><input type="radio" name="${name}" value="${value}" ${checked && html` checked`} /><span>${label}</span></label>`;
}
