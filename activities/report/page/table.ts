import { html, type Content, type Markup } from '../../../drawing/markup';
import { count, decimal, percent, pValue } from '../../../drawing/numbers';
import { csvText } from './csv';
import { numberLink } from './number-link';

export interface Column {
  /** Name in CSV files. */
  key: string;
  label: string;
  format: 'text' | 'year' | 'count' | 'percent' | 'ratio' | 'rate' | 'p' | 'verdict';
}

export interface Cell {
  value: string | number | null;
  /** Number id, where the number can be asked. */
  ask?: string;
}

/** A small table: shown below its figure and written as CSV, so that both hold exactly what is drawn. */
export interface Table {
  columns: readonly Column[];
  rows: readonly (readonly Cell[])[];
}

const numeric = new Set<Column['format']>(['count', 'percent', 'ratio', 'rate', 'p', 'year']);

/** The table as HTML, inside a box that scrolls on its own. `sortable` lets the browser code add sorting. */
export function tableMarkup(table: Table, options: { label: string; id?: string; sortable?: boolean }): Markup {
  const heads = table.columns.map(
    (column) => html`<th scope="col" ${numeric.has(column.format) && html` class="num"`}>${column.label}</th>`,
  );
  const rows = table.rows.map(
    (row) =>
      html`<tr>
        ${row.map((cell, i) => cellMarkup(cell, table.columns[i]!, i === 0))}
      </tr>`,
  );
  const id = options.id && html` id="${options.id}"`;
  return html`<div class="scroll" role="region" tabindex="0" aria-label="${options.label}"><table${id}${options.sortable && html` data-sortable`}><thead><tr>${heads}</tr></thead><tbody>${rows}</tbody></table></div>`;
}

function cellMarkup(cell: Cell, column: Column, first: boolean): Markup {
  const text = cellText(cell.value, column.format);
  const content: Content = cell.ask && cell.value !== null ? numberLink(cell.ask, text) : text;
  if (first) return html`<th scope="row" ${numeric.has(column.format) && html` class="num"`}>${content}</th>`;
  return html`<td${numeric.has(column.format) && html` class="num"`}>${content}</td>`;
}

function cellText(value: string | number | null, format: Column['format']): string {
  if (value === null) return '–';
  if (typeof value === 'string') return value;
  if (format === 'percent') return percent(value);
  if (format === 'ratio') return decimal(value);
  if (format === 'rate') return decimal(value, 2);
  if (format === 'p') return pValue(value);
  return format === 'year' ? String(value) : count(value);
}

/** The same table as CSV; shares between 0 and 1. */
export function tableCsv(table: Table, synthetic: boolean): string {
  return csvText(
    table.columns.map((column) => column.key),
    table.rows.map((row) => row.map((cell) => cell.value)),
    synthetic,
  );
}

/** Rows of plain cells. */
export function cells(...values: (string | number | null)[]): Cell[] {
  return values.map((value) => ({ value }));
}
