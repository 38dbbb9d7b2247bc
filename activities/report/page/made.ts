import { html, type Markup } from '../../../drawing/markup';
import { count, duration, percent, plural } from '../../../drawing/numbers';
import type { PageData, StepRow } from '../../../drawing/page-data';
import { total } from '../../../drawing/sums';
import { csvText } from './csv';
import { stepAnchor } from './number-ids';
import type { Part } from './part';

/** How this was made: run, steps, keys, digests, durations, requests, what the cache saved; sources and how to cite. */
export function madePart(data: PageData): Part {
  const markup = html`<section aria-labelledby="made">
    <h2 id="made">How this was made</h2>
    <div class="block" id="steps">
      <h3>${finding(data)}</h3>
      <p class="subtitle">Steps of run ${data.run} of study <code>${data.study}</code>, in the order of the graph</p>
      ${facts(data)}${data.steps.length > 0 && stepTable(data.steps)}
      <p class="source">
        <span class="links"><a href="data/steps.csv" download>CSV</a></span>
      </p>
    </div>
    ${sources(data)}${cite(data)}
  </section>`;
  return { id: 'made', label: 'How this was made', markup, files: [{ path: 'data/steps.csv', text: stepsCsv(data) }] };
}

function finding({ steps }: PageData): string {
  const hits = steps.filter((step) => step.action === 'hit').length;
  if (steps.length === 0) return 'This run lists no steps';
  if (hits === 0) return `All ${plural(steps.length, 'step')} were computed in this run`;
  return `${hits} of ${plural(steps.length, 'step')} came from earlier results, ${steps.length - hits} were computed in this run`;
}

/** What the cache saved is the recorded work of the steps that were not run again, and the requests answered from stored bytes. */
function facts({ steps }: PageData): Markup {
  const ran = steps.filter((step) => step.action !== 'hit');
  const hits = steps.filter((step) => step.action === 'hit');
  const requests = total(steps, (step) => step.requests);
  const cached = total(steps, (step) => step.cachedRequests);
  const items: [string, string, string][] = [
    ['Work in this run', duration(total(ran, (step) => step.seconds)), plural(ran.length, 'step')],
    ['Work saved by the cache', duration(total(hits, (step) => step.seconds)), plural(hits.length, 'step')],
    ['Requests', count(requests), requests > 0 ? `${count(cached)} answered from the cache, ${percent(cached / requests)}` : 'none needed'],
    [
      'Rows kept',
      count(total(steps, (step) => step.rows)),
      plural(
        total(steps, (step) => step.shards),
        'shard',
      ),
    ],
  ];
  return html`<dl class="facts">
    ${items.map(
      ([name, value, note]) =>
        html`<div>
          <dt>${name}</dt>
          <dd>${value}</dd>
          <dd class="small-print">${note}</dd>
        </div>`,
    )}
  </dl>`;
}

const actions: Readonly<Record<string, string>> = { hit: 'from\u00a0cache', ran: 'computed' };

function stepTable(steps: readonly StepRow[]): Markup {
  const rows = steps.map(
    (step) =>
      html`<tr id="${stepAnchor(step.step)}">
        <th scope="row">
          <a class="n" href="#${stepAnchor(step.step)}" data-ask="${step.step}">${step.step}</a><span class="doc">${step.doc}</span>
        </th>
        <td>${actions[step.action] ?? step.action}</td>
        <td class="num">${count(step.rows)}</td>
        <td class="num">${count(step.shards)}</td>
        <td class="num">${duration(step.seconds)}</td>
        <td class="num">${step.requests > 0 ? `${count(step.requests)} (${count(step.cachedRequests)} cached)` : '–'}</td>
        <td><code>${step.key.slice(0, 10)}</code></td>
        <td><code>${step.digest.slice(0, 10)}</code></td>
      </tr>`,
  );
  return html`<div class="scroll tall" role="region" tabindex="0" aria-label="Steps of the run">
    <table data-sortable>
      <thead>
        <tr>
          <th scope="col">Step</th>
          <th scope="col">Result</th>
          <th scope="col" class="num">Rows</th>
          <th scope="col" class="num">Shards</th>
          <th scope="col" class="num">Time</th>
          <th scope="col" class="num">Requests</th>
          <th scope="col">Key</th>
          <th scope="col">Digest</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}

function stepsCsv({ steps, synthetic }: PageData): string {
  const header = ['step', 'action', 'key', 'digest', 'rows', 'shards', 'seconds', 'inputs', 'requests', 'cached_requests', 'view'];
  const rows = steps.map((step) => [
    step.step,
    step.action,
    step.key,
    step.digest,
    step.rows,
    step.shards,
    step.seconds,
    step.inputs.join(' '),
    step.requests,
    step.cachedRequests,
    step.view,
  ]);
  return csvText(header, rows, synthetic);
}

function sources(data: PageData): Markup | null {
  if (data.sources.length === 0) return null;
  const items = data.sources.map(
    (source) =>
      html`<li><b>${source.name}</b> ${source.note} <span class="muted">${source.terms}</span><br /><cite>${source.citation}</cite></li>`,
  );
  return html`<div class="block" id="sources">
    <h3>Sources and terms</h3>
    <ul class="sources">
      ${items}
    </ul>
  </div>`;
}

function cite(data: PageData): Markup {
  const made = data.synthetic ? ' (synthetic data: not to be cited as a finding)' : '';
  return html`<div class="block" id="cite">
    <h3>How to cite</h3>
    <p class="intro">
      Cite the study whose method this is, the sources above, and this run: “${data.title}, study ${data.study}, data vintage
      ${data.vintage}, run ${data.run}, ${data.finished.slice(0, 10)}”${made}. Differences between regions are associations; none of them is
      shown to be an effect.
    </p>
  </div>`;
}
