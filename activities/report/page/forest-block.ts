import { forest, type ForestGroup } from '../../../drawing/forest';
import type { ModelFit, ModelTerm, PageData } from '../../../drawing/page-data';
import { figureBlock } from './figure-block';
import { fitLabel } from './model-words';
import { numberId, stepOf } from './number-ids';
import type { Cell, Table } from './table';

/** Ratios of one figure: its groups as drawn, and the fits and terms that its table lists. */
export interface Ratios {
  readonly id: string;
  readonly title: string;
  readonly subtitle: string;
  readonly note: string;
  readonly one: string;
  readonly groups: readonly ForestGroup[];
  readonly listed: readonly { readonly name: string; readonly fit: ModelFit; readonly term: ModelTerm }[];
}

export const askTerm = ({ analysis, fit }: ModelFit, { term }: ModelTerm): string =>
  numberId(stepOf.terms, { analysis, fit, term }, 'ratio');

/** A forest plot with its table: every ratio, its interval and p, and the paper's beside it. */
export function forestBlock(data: PageData, { groups, listed, one, ...said }: Ratios) {
  return figureBlock(data, {
    ...said,
    widths: [760, 340],
    table: ratioTable(listed),
    draw: (options) => forest(groups, { ...options, one }),
  });
}

function ratioTable(listed: Ratios['listed']): Table {
  return {
    columns: [
      { key: 'term', label: 'Term', format: 'text' },
      { key: 'fit', label: 'Adjusted for: estimator', format: 'text' },
      { key: 'held', label: 'Held against the paper', format: 'text' },
      { key: 'ratio', label: 'Rate ratio', format: 'rate' },
      { key: 'low', label: '95% from', format: 'rate' },
      { key: 'high', label: 'to', format: 'rate' },
      { key: 'p', label: 'p', format: 'p' },
      { key: 'published', label: 'Paper', format: 'rate' },
      { key: 'published_low', label: 'from', format: 'rate' },
      { key: 'published_high', label: 'to', format: 'rate' },
    ],
    rows: listed.map(({ name, fit, term }): Cell[] => [
      { value: name },
      { value: fitLabel(fit) },
      { value: fit.held ? 'yes' : 'no' },
      { value: term.ratio, ask: askTerm(fit, term) },
      { value: term.low },
      { value: term.high },
      { value: term.p },
      { value: term.published?.ratio ?? null },
      { value: term.published?.low ?? null },
      { value: term.published?.high ?? null },
    ]),
  };
}

/** A term as a line of the plot. */
export function forestLine(fit: ModelFit, term: ModelTerm, label: string) {
  const { ratio, low, high } = term;
  return { label, ratio, low, high, held: fit.held, ask: askTerm(fit, term) };
}
