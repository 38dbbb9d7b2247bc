import type { ModelFit } from '../../../drawing/page-data';

/** The paper's intervals are those of 95%. */
const SIGNIFICANT = 0.05;

const TEAM = { linear: 'authors', log: 'log authors', cap: 'authors, capped' } as const;
const ADJUSTED = {
  unadjusted: 'year only',
  'same-sample': 'year only, articles of the outlet model',
  outlet: 'year and outlet',
  country: 'year, country',
};

/** A fit in few words: "year and outlet, nb-hhg". */
export function fitLabel({ adjustment, teamSize, estimator }: ModelFit): string {
  return `${ADJUSTED[adjustment]}${teamSize === null ? '' : `, ${TEAM[teamSize]}`}: ${estimator}`;
}

/** The same where all lines of a figure share the rest. */
export function shortLabel({ adjustment, teamSize, estimator }: ModelFit): string {
  if (teamSize !== null) return teamSize === 'linear' ? estimator : `${estimator}, ${teamSize}`;
  return `${adjustment === 'outlet' ? 'outlet' : 'year only'}: ${estimator}`;
}

export const isSignificant = ({ p }: { p: number }): boolean => p < SIGNIFICANT;

const REASONS: Readonly<Record<string, string>> = {
  'other-sample': 'not in',
  missing: 'unknown',
  singletonGroups: 'alone in their group',
  allZeroGroups: 'in groups never cited',
  allZeroLevels: 'in levels never cited',
  separated: 'predicted perfectly',
};

/** "8 in groups never cited (3), 1 alone in their group (1)": articles and, in brackets, groups. */
export function lostWords(lost: ModelFit['lost']): string {
  const said = lost.map(({ reason, what, rows, groups }) => {
    const words = `${rows} ${REASONS[reason] ?? reason}${what === null ? '' : ` ${what}`}`;
    return groups === null ? words : `${words} (${groups})`;
  });
  return said.join(', ') || 'none';
}
