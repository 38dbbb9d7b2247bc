import type { CountFit } from '../../methods/models';

/** One line of the way from the final sample to the rows of a fit. */
export interface SampleLine {
  /** articles (where it begins), a reason for rows left out, fitted (where it ends). */
  readonly reason: string;
  /** Column that was empty, factor or group that was left out. */
  readonly what: string | null;
  readonly rows: number;
  readonly groups: number | null;
  readonly examples: readonly string[];
}

const EXAMPLES = 5;

/** The lines of a fit, which add up: articles less all reasons is fitted. */
export function sampleOf({ n, groups, drops }: CountFit, articles: number, first: readonly SampleLine[]): SampleLine[] {
  const lost = drops.map(({ reason, rows, names }) => {
    const many = reason !== 'missing' && reason !== 'separated';
    const what = reason === 'missing' ? (names[0] ?? null) : null;
    return { reason, what, rows, groups: many ? names.length : null, examples: many ? names.slice(0, EXAMPLES) : [] };
  });
  const end = { what: null, examples: [] };
  return [{ ...end, reason: 'articles', rows: articles, groups: null }, ...first, ...lost, { ...end, reason: 'fitted', rows: n, groups }];
}
