import { html, type Markup } from '../../../drawing/markup';
import { count } from '../../../drawing/numbers';
import type { PageData } from '../../../drawing/page-data';
import { numberId, stepOf } from './number-ids';
import { numberLink } from './number-link';
import type { Part } from './part';

/** Title, study, vintage, the banner of synthetic data, three numbers, and what differs from the paper. */
export function head(data: PageData, parts: readonly Part[]): Markup {
  return html`${data.synthetic && banner()}${data.recorded === true && recordedBanner()}
    <header class="page-head">
      <p class="kicker">Research atlas</p>
      <h1>${data.title}</h1>
      ${data.studyTitle !== data.title && html`<p class="lead">${data.studyTitle}</p>`} ${numbers(data)}
      <p class="meta">
        Published ${data.years[0]}–${data.years[1]} · data vintage ${data.vintage} · study <code>${data.study}</code> · run ${data.run},
        finished <time datetime="${data.finished}">${data.finished.slice(0, 10)}</time>
      </p>
      ${differences(data)}
      <nav aria-label="Contents">
        <ul>
          ${parts.map((part) => html`<li><a href="#${part.id}">${part.label}</a></li>`)}
        </ul>
      </nav>
    </header>`;
}

function banner(): Markup {
  return html`<div class="banner" role="note">
    <strong>Synthetic data.</strong> Made by a simulator to show the program at work; no number on this page is a finding.
  </div>`;
}

function recordedBanner(): Markup {
  return html`<div class="banner" role="note">
    <strong>Recorded answers.</strong> A few real records kept for tests: no sample of the field, and no number on this page is a finding.
  </div>`;
}

function numbers(data: PageData): Markup {
  const { articles, pubmed, conference, countries, links } = data.totals;
  const totals = stepOf.countryTotals;
  const items = [
    {
      ask: numberId(totals, {}, 'articles'),
      value: articles,
      name: 'articles',
      note: `${count(pubmed)} in journals, ${count(conference)} at conferences`,
    },
    { ask: numberId(totals, {}, 'country'), value: countries, name: 'countries', note: 'by affiliation of the lead author' },
    { ask: numberId(stepOf.citations, {}, 'citing'), value: links, name: 'citing links', note: 'works that cite an article of the sample' },
  ];
  return html`<dl class="numbers">
    ${items.map(
      (item) =>
        html`<div>
          <dt>${item.name}</dt>
          <dd>${numberLink(item.ask, count(item.value))}</dd>
          <dd class="small-print">${item.note}</dd>
        </div>`,
    )}
  </dl>`;
}

function differences(data: PageData): Markup {
  if (data.differences.length === 0) return html`<p class="differs">All parameters are those of the paper.</p>`;
  const said = data.differences.map(
    (item) => html`<li><code>${item.key}</code> ${item.here} <span class="muted">(paper: ${item.paper})</span></li>`,
  );
  return html`<p class="differs">Differs from the paper’s parameters in:</p>
    <ul class="differs-list">
      ${said}
    </ul>`;
}
