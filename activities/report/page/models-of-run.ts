import type { Study } from '../../../config/study';
import type { ModelFit, ModelTerm } from '../../../drawing/page-data';
import { ANALYSES, type Analysis } from '../../regression/published';
import type { Rows } from './of-run';

type FitLine = Omit<ModelFit, 'analysis' | 'lost' | 'terms' | 'published'>;
type TermLine = Omit<ModelTerm, 'published'> & { analysis: Analysis; fit: string };
type SampleLine = ModelFit['lost'][number] & { analysis: Analysis; fit: string; published: number | null };

/** The regressions of a run with the terms that the paper shows; year and country effects are in the table model.terms. */
export async function modelFits(rows: Rows, study: Study): Promise<ModelFit[]> {
  const terms = await rows<TermLine>(
    'model/terms',
    'analysis, fit, term, factor, level, ratio, ratio_low as low, ratio_high as high, p',
    `where factor not in ('year', 'country') and ratio_low is not null order by ordinal`,
  );
  const samples = await rows<SampleLine>('model/samples', 'analysis, fit, reason, what, rows, groups, published', 'order by ordinal');
  const lists = await Promise.all(ANALYSES.map((analysis) => fitsOf(rows, analysis)));
  return lists.flat().map((fit) => {
    const own = <T extends { analysis: string; fit: string }>(lines: readonly T[]): T[] =>
      lines.filter((line) => line.analysis === fit.analysis && line.fit === fit.fit);
    return {
      ...fit,
      published: own(samples).find(({ reason }) => reason === 'fitted')?.published ?? null,
      lost: own(samples).filter(({ reason }) => reason !== 'articles' && reason !== 'fitted'),
      terms: own(terms).map((term) => ({ ...term, published: publishedRatio(study, fit, term) })),
    };
  });
}

async function fitsOf(rows: Rows, analysis: Analysis): Promise<(FitLine & { analysis: Analysis })[]> {
  const lines = await rows<FitLine>(
    `model/${analysis}`,
    'fit, adjustment, team_size as "teamSize", estimator, held, base, n, groups, alpha, pseudo_r2 as "pseudoR2", joint_p as "jointP", se, failure, warnings',
    `order by array_position(array['unadjusted', 'same-sample', 'outlet', 'country'], adjustment), held desc, fit`,
  );
  return lines.map((line) => ({ ...line, analysis }));
}

/** The paper gives percent more or fewer than its base, Asia, or than national articles. */
function publishedRatio({ published }: Study, { analysis, adjustment, held, base }: FitLine & { analysis: Analysis }, term: TermLine) {
  const [subject, kind] = analysis.split('-') as [string, string];
  const id = subject === 'international' ? `international.${kind}` : `irr.${kind}${adjustment === 'outlet' ? '_fe' : ''}.${term.level}`;
  const comparable = subject === 'international' ? term.term === 'international' : term.factor === 'region' && base === 'Asia';
  const number = held && comparable ? published.numbers.find((one) => one.id === id && one.op === 'approx') : undefined;
  if (number?.value === null || number?.value === undefined) return null;
  const ratio = (percent: number | null): number | null => (percent === null ? null : 1 + percent / 100);
  return { ratio: 1 + number.value / 100, low: ratio(number.low), high: ratio(number.high) };
}
