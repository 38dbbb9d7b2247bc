import type { Caption, FigureOptions } from '../../../drawing/frame';
import { html, Markup, type Content } from '../../../drawing/markup';
import type { PageData } from '../../../drawing/page-data';
import { sourceLine, type SiteFile } from './part';
import { tableCsv, tableMarkup, type Table } from './table';

export interface FigureBlock {
  /** Anchor, and name of the CSV and SVG files: stable. */
  id: string;
  /** The finding as a sentence, computed from the data. */
  title: string;
  /** Measure and unit. */
  subtitle: string;
  table: Table;
  draw: (options: FigureOptions) => string;
  /** One drawing for all screens, or one for wide and one for narrow ones, so that type stays readable. */
  widths: readonly [number] | readonly [number, number];
  note?: string;
  before?: Content;
  after?: Content;
  beside?: Content;
}

/** A figure with its finding, source line, table view and downloads. */
export function figureBlock(data: PageData, block: FigureBlock): { markup: Markup; files: SiteFile[] } {
  const csv = `data/${block.id}.csv`;
  const image = `figures/${block.id}.svg`;
  const caption: Caption = {
    title: block.title,
    subtitle: block.subtitle,
    source: [sourceLine(data), block.note].filter(Boolean).join('. '),
  };
  const plain = { id: block.id, title: block.title, description: block.subtitle };
  const drawings = block.widths.map((width, i) => {
    const kind = block.widths.length === 1 ? 'any' : i === 0 ? 'wide' : 'narrow';
    return html`<div class="drawing ${kind}">${new Markup(block.draw({ ...plain, width }))}</div>`;
  });
  const markup = html`<figure class="block" id="${block.id}">
    <figcaption>
      <h3><span data-finding>${block.title}</span> <a class="anchor" href="#${block.id}" aria-label="Link to this figure">#</a></h3>
      <p class="subtitle" data-subtitle>${block.subtitle}</p>
    </figcaption>
    ${block.before}
    <div class="canvas">
      ${
        block.beside
          ? html`<div class="with-side">
              <div>${drawings}${block.after}</div>
              ${block.beside}
            </div>`
          : html`${drawings}${block.after}`
      }
    </div>
    ${block.note && html`<p class="note">${block.note}</p>`}
    <p class="source">
      ${sourceLine(data)} <span class="links"><a href="${csv}" download>CSV</a> <a href="${image}" download>SVG</a></span>
    </p>
    <details class="table-view">
      <summary>Table</summary>
      ${tableMarkup(block.table, { label: `Table: ${block.title}`, sortable: true })}
    </details>
  </figure>`;
  const files = [
    { path: csv, text: tableCsv(block.table, data.synthetic) },
    { path: image, text: block.draw({ ...plain, width: block.widths[0], caption }) },
  ];
  return { markup, files };
}
