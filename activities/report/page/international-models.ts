import { Markup } from '../../../drawing/markup';
import { decimal } from '../../../drawing/numbers';
import type { ModelFit, PageData } from '../../../drawing/page-data';
import { forestBlock, forestLine, type Ratios } from './forest-block';
import { fitsBlock } from './model-table';
import { shortLabel } from './model-words';

const OUTCOMES = { 'international-scientific': 'Citations', 'international-clinical': 'Clinical citations' } as const;

/** International beside national articles (paper, Fig. 8A), with every estimator and form of team size. */
export function internationalModels(data: PageData) {
  const fits = (data.models ?? []).filter(({ analysis }) => analysis in OUTCOMES);
  const listed = fits.flatMap((fit) =>
    fit.terms
      .filter(({ level }) => level === null)
      .map((term) => ({ name: `${outcomeOf(fit)}: ${term.term.replaceAll('_', ' ')}`, fit, term })),
  );
  const drawn = listed.filter(({ term }) => term.term === 'international');
  if (drawn.length === 0) return null;
  const figure = forestBlock(data, {
    id: 'international-citations',
    title: finding(drawn),
    subtitle:
      'Incidence rate ratios of citations of international against national articles of the same country, year and team size, with 95% intervals',
    note: 'Solid: held against the paper. log, cap: the number of authors enters by its logarithm, or capped',
    one: 'national',
    groups: Object.values(OUTCOMES)
      .map((name) => ({
        name,
        region: null,
        lines: drawn.filter(({ fit }) => outcomeOf(fit) === name).map(({ fit, term }) => forestLine(fit, term, shortLabel(fit))),
      }))
      .filter(({ lines }) => lines.length > 0),
    listed,
  });
  const table = fitsBlock(data, fits, 'international-models');
  return { markup: new Markup(`${figure.markup.text}${table.markup.text}`), files: [...figure.files, ...table.files] };
}

const outcomeOf = ({ analysis }: ModelFit): string => OUTCOMES[analysis as keyof typeof OUTCOMES];

function finding(drawn: Ratios['listed']): string {
  const held = drawn.filter(({ fit }) => fit.held);
  if (held.length === 0) return 'Citations of international and national articles';
  const said = held.map(({ fit, term }) => `${decimal(term.ratio, 2)} times the ${outcomeOf(fit).toLowerCase()}`);
  return `International articles had ${said.join(' and ')} of national ones`;
}
