import { html } from '../../../drawing/markup';
import { count, percent, plural } from '../../../drawing/numbers';
import type { FlowRow, PageData } from '../../../drawing/page-data';
import { sampleFlow } from '../../../drawing/sample-flow';
import { figureBlock } from './figure-block';
import { numberId, stepOf } from './number-ids';
import type { Part } from './part';
import { cells, tableCsv, tableMarkup, type Table } from './table';

/** How the sample came about: counts, losses and reasons (paper, Fig. 10), and the input files that were refused. */
export function samplePart(data: PageData): Part | null {
  if (data.flow.length === 0 && data.refused.length === 0) return null;
  const flow = data.flow.length > 0 ? flowBlock(data) : null;
  const refused = refusedTable(data);
  const markup = html`<section aria-labelledby="sample">
    <h2 id="sample">Sample</h2>
    ${flow?.markup}${
      refused &&
      html`<div class="block" id="refused">
        <h3>${plural(data.refused.length, 'input file')} ${data.refused.length === 1 ? 'was' : 'were'} refused and skipped</h3>
        <p class="subtitle">Nothing of these files is in the sample.</p>
        ${tableMarkup(refused, { label: 'Refused input files' })}
        <p class="source">
          <span class="links"><a href="data/refused.csv" download>CSV</a></span>
        </p>
      </div>`
    }
  </section>`;
  const files = [...(flow?.files ?? []), ...(refused ? [{ path: 'data/refused.csv', text: tableCsv(refused, data.synthetic) }] : [])];
  return { id: 'sample', label: 'Sample', markup, files };
}

/** Counts of the flow that are no stage of it: the next stage does not start from them. */
const ASIDE: ReadonlySet<string> = new Set([
  'pubmed.books',
  'pubmed.refused',
  'pubmed.absent',
  'pubmed.linked',
  'conference.sources',
  'conference.positive',
  'pool.both',
  'final.unmapped',
]);

function flowBlock(data: PageData) {
  const id = (row: FlowRow, column: string) => numberId(stepOf.flow, { id: row.id }, column);
  return figureBlock(data, {
    id: 'sample-flow',
    title: flowFinding(data.flow),
    subtitle: 'Records at each stage; outlined: lost on the way, with the reason',
    widths: [760, 340],
    table: {
      columns: [
        { key: 'stage', label: 'Stage', format: 'text' },
        { key: 'count', label: 'Count', format: 'count' },
        { key: 'lost', label: 'Lost', format: 'count' },
        { key: 'reason', label: 'Reason', format: 'text' },
      ],
      rows: data.flow.map((row) => [
        { value: row.label },
        { value: row.count, ask: id(row, 'count') },
        { value: row.lost, ask: id(row, 'lost') },
        { value: row.reason },
      ]),
    },
    draw: (options) =>
      sampleFlow(
        data.flow.map((row) => ({ ...row, ask: id(row, 'count'), aside: ASIDE.has(row.id) })),
        options,
      ),
  });
}

function flowFinding(rows: readonly FlowRow[]): string {
  const last = rows[rows.length - 1]!;
  const whole = last.count + last.lost;
  if (last.lost === 0) return `${count(last.count)} records reached the last stage: ${last.label}`;
  return `${count(last.count)} of ${count(whole)} records (${percent(last.count / whole)}) reached the last stage: ${last.label}`;
}

function refusedTable(data: PageData): Table | null {
  if (data.refused.length === 0) return null;
  return {
    columns: [
      { key: 'file', label: 'File', format: 'text' },
      { key: 'reason', label: 'Reason', format: 'text' },
    ],
    rows: data.refused.map((row) => cells(row.file, row.reason)),
  };
}
