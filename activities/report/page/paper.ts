import { html, type Markup } from '../../../drawing/markup';
import { count, plural } from '../../../drawing/numbers';
import type { DriftRow, PageData } from '../../../drawing/page-data';
import { csvText } from './csv';
import { numberLink } from './number-link';
import type { Part } from './part';

/** Sign and word of each verdict: never colour alone. */
const verdicts: Readonly<Record<DriftRow['verdict'], { sign: string; word: string }>> = {
  agrees: { sign: '✓', word: 'agrees' },
  differs: { sign: '≠', word: 'differs' },
  'not-yet': { sign: '…', word: 'not yet rebuilt' },
  'not-comparable': { sign: '–', word: 'not comparable' },
};

/** Published against rebuilt, with difference, verdict and cause. */
export function paperPart(data: PageData): Part | null {
  if (data.drift.length === 0) return null;
  const header = ['id', 'where', 'quantity', 'published', 'rebuilt', 'unit', 'difference', 'verdict', 'cause'] as const;
  const rows = data.drift.map((row) => header.map((column) => row[column]));
  const markup = html`<section aria-labelledby="paper">
    <h2 id="paper">Against the paper</h2>
    <div class="block" id="drift">
      <h3>${finding(data)}</h3>
      <p class="subtitle">Numbers of the paper, as published and as rebuilt by this run${data.synthetic && ' from synthetic data'}</p>
      ${summary(data.drift)}
      <div class="scroll tall" role="region" tabindex="0" aria-label="Published and rebuilt numbers">
        <table data-sortable>
          <thead>
            <tr>
              <th scope="col">Quantity</th>
              <th scope="col">Where</th>
              <th scope="col" class="num">Published</th>
              <th scope="col" class="num">Rebuilt</th>
              <th scope="col" class="num">Difference</th>
              <th scope="col">Verdict</th>
              <th scope="col">Cause</th>
            </tr>
          </thead>
          <tbody>
            ${data.drift.map(driftRow)}
          </tbody>
        </table>
      </div>
      <p class="source">
        <span class="links"><a href="data/drift.csv" download>CSV</a></span>
      </p>
    </div>
  </section>`;
  return {
    id: 'paper',
    label: 'Against the paper',
    markup,
    files: [{ path: 'data/drift.csv', text: csvText(header, rows, data.synthetic) }],
  };
}

function driftRow(row: DriftRow): Markup {
  const rebuilt = row.rebuilt === null ? '–' : numberLink(row.id, readable(row.rebuilt, row.unit));
  const named = row.unit === '' || row.unit === 'percent' || row.quantity.includes(row.unit);
  const unit = named ? null : html` <span class="muted">${row.unit}</span>`;
  return html`<tr>
    <th scope="row">${row.quantity}${unit}</th>
    <td>${row.where}</td>
    <td class="num">${readable(row.published, row.unit)}</td>
    <td class="num">${rebuilt}</td>
    <td class="num">${row.difference ?? '–'}</td>
    <td>${badge(row.verdict)}</td>
    <td>${row.cause ?? ''}</td>
  </tr>`;
}

/** The number as the table holds it, with thousands separated and the sign of per cent; the CSV keeps it as given. */
function readable(value: string, unit: string): string {
  const grouped = /^\d{5,}$/.test(value) ? count(Number(value)) : value;
  return unit === 'percent' && /\d$/.test(grouped) ? `${grouped}\u202f%` : grouped;
}

function badge(verdict: DriftRow['verdict']): Markup {
  const { sign, word } = verdicts[verdict];
  return html`<span class="verdict ${verdict}"><span aria-hidden="true">${sign}</span> ${word}</span>`;
}

function summary(rows: readonly DriftRow[]): Markup {
  const kinds = Object.keys(verdicts) as DriftRow['verdict'][];
  const counted = kinds.map((kind) => ({ kind, n: rows.filter((row) => row.verdict === kind).length })).filter(({ n }) => n > 0);
  return html`<ul class="tally">
    ${counted.map(({ kind, n }) => html`<li><b>${n}</b> ${badge(kind)}</li>`)}
  </ul>`;
}

function finding(data: PageData): string {
  const comparable = data.drift.filter((row) => row.verdict === 'agrees' || row.verdict === 'differs');
  const agree = comparable.filter((row) => row.verdict === 'agrees').length;
  if (comparable.length === 0) return `None of ${plural(data.drift.length, 'published number')} can be compared yet`;
  return `${agree} of ${plural(comparable.length, 'comparable number')} ${agree === 1 ? 'agrees' : 'agree'} with the paper`;
}
