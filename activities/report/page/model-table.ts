import { html, type Markup } from '../../../drawing/markup';
import type { ModelFit, PageData } from '../../../drawing/page-data';
import { fitLabel, lostWords } from './model-words';
import { numberId, stepOf } from './number-ids';
import { sourceLine, type SiteFile } from './part';
import { tableCsv, tableMarkup, type Cell, type Table } from './table';

/** Fits side by side: articles beside the paper's, those left out and why, overdispersion, and what cannot be trusted. */
export function fitsBlock(data: PageData, fits: readonly ModelFit[], id: string): { markup: Markup; files: SiteFile[] } {
  const table = fitsTable(fits);
  const markup = html`<div class="block" id="${id}">
    <h3>Articles of each model <a class="anchor" href="#${id}" aria-label="Link to this table">#</a></h3>
    <p class="subtitle">
      Left out: articles, and in brackets their outlets or countries. Together: p of the terms of interest all at once.
    </p>
    ${tableMarkup(table, { label: 'Articles of each model', sortable: true })}
    <p class="source">
      ${sourceLine(data)} <span class="links"><a href="data/${id}.csv" download>CSV</a></span>
    </p>
  </div>`;
  return { markup, files: [{ path: `data/${id}.csv`, text: tableCsv(table, data.synthetic) }] };
}

function fitsTable(fits: readonly ModelFit[]): Table {
  return {
    columns: [
      { key: 'outcome', label: 'Citations', format: 'text' },
      { key: 'fit', label: 'Adjusted for: estimator', format: 'text' },
      { key: 'held', label: 'Held against the paper', format: 'text' },
      { key: 'n', label: 'Articles', format: 'count' },
      { key: 'published', label: 'Paper', format: 'count' },
      { key: 'left_out', label: 'Left out', format: 'text' },
      { key: 'groups', label: 'Groups', format: 'count' },
      { key: 'alpha', label: 'Alpha', format: 'rate' },
      { key: 'pseudo_r2', label: 'Pseudo-R²', format: 'rate' },
      { key: 'joint_p', label: 'Together', format: 'p' },
      { key: 'se', label: 'Standard errors', format: 'text' },
      { key: 'note', label: 'Note', format: 'text' },
    ],
    rows: fits.map(fitCells),
  };
}

function fitCells(fit: ModelFit): Cell[] {
  const ask = numberId(stepOf.samples, { analysis: fit.analysis, fit: fit.fit, reason: 'fitted' }, 'rows');
  return [
    { value: fit.analysis.endsWith('clinical') ? 'clinical' : 'all' },
    { value: fitLabel(fit) },
    { value: fit.held ? 'yes' : 'no' },
    { value: fit.n, ask },
    { value: fit.published },
    { value: lostWords(fit.lost) },
    { value: fit.groups },
    { value: fit.alpha },
    { value: fit.pseudoR2 },
    { value: fit.jointP },
    { value: fit.se },
    { value: [fit.failure, ...fit.warnings].filter((text) => text !== null).join(' ') },
  ];
}
