import { html } from '../../../drawing/markup';
import type { ModelFit, PageData } from '../../../drawing/page-data';
import { regionOf, regions } from '../../../drawing/regions';
import { forestBlock, forestLine } from './forest-block';
import { fitsBlock } from './model-table';
import { isSignificant, shortLabel } from './model-words';
import type { Part } from './part';

/** Citations by region (paper, Fig. 7): without and with outlet effects, every estimator beside the one that is held against the paper. */
export function relevancePart(data: PageData): Part | null {
  const fits = (data.models ?? []).filter(({ analysis }) => analysis.startsWith('relevance'));
  if (fits.length === 0) return null;
  const figures = (['relevance-scientific', 'relevance-clinical'] as const)
    .map((analysis) =>
      ratioBlock(
        data,
        fits.filter((fit) => fit.analysis === analysis),
      ),
    )
    .filter((block) => block !== null);
  const blocks = [...figures, fitsBlock(data, fits, 'relevance-models')];
  const markup = html`<section aria-labelledby="relevance">
    <h2 id="relevance">Relevance</h2>
    <p class="intro">
      Citations by region of the lead author, beside articles of the same year. The outlet lies between region and citations: with outlet
      effects, regions are compared within outlets, and what differs between outlets is taken out, whatever it is. Estimators disagree where
      their assumptions do not hold; all are shown.
    </p>
    ${blocks.map((block) => block.markup)}
  </section>`;
  return { id: 'relevance', label: 'Relevance', markup, files: blocks.flatMap((block) => block.files) };
}

function ratioBlock(data: PageData, fits: readonly ModelFit[]) {
  const listed = regions.flatMap((region) =>
    fits.flatMap((fit) =>
      fit.terms
        .filter(({ factor, level }) => factor === 'region' && regionOf(level) === region)
        .map((term) => ({ name: region.short, fit, term })),
    ),
  );
  const base = fits[0]?.base;
  if (listed.length === 0 || base === null || base === undefined) return null;
  const drawn = listed.filter(({ fit }) => fit.fit === 'unadjusted/nb2' || fit.adjustment === 'outlet');
  const clinical = fits[0]!.analysis === 'relevance-clinical';
  return forestBlock(data, {
    id: fits[0]!.analysis,
    title: finding(fits, { base: regionOf(base).short, what: clinical ? 'clinical citations' : 'citations' }),
    subtitle: `Incidence rate ratios of ${clinical ? 'clinical citations' : 'citations'} against ${regionOf(base).short}, articles of the same year, with 95% intervals`,
    note: 'Solid: held against the paper. Intervals that leave the scale end in an arrow head',
    one: regionOf(base).short,
    groups: regions
      .map((region) => ({ region, own: drawn.filter(({ name }) => name === region.short) }))
      .filter(({ own }) => own.length > 0)
      .map(({ region, own }) => ({
        ...{ name: region.short, region: region.name },
        lines: own.map(({ fit, term }) => forestLine(fit, term, shortLabel(fit))),
      })),
    listed,
  });
}

/** How many regions differ from the base, without outlet effects and with them under each estimator. */
function finding(fits: readonly ModelFit[], { base, what }: { base: string; what: string }): string {
  const told = (fit: ModelFit): string => {
    const terms = fit.terms.filter(({ factor }) => factor === 'region');
    return terms.length === 0 ? 'unknown' : `${terms.filter(isSignificant).length} of ${terms.length}`;
  };
  const plain = fits.find(({ fit }) => fit === 'unadjusted/nb2');
  const adjusted = fits.filter(({ adjustment }) => adjustment === 'outlet');
  const start = `Regions that differ from ${base} in ${what}: ${plain === undefined ? 'unknown' : told(plain)} by year alone`;
  if (adjusted.length === 0) return start;
  return `${start}; within outlets ${adjusted.map((fit) => `${told(fit)} (${fit.estimator})`).join(', ')}`;
}
