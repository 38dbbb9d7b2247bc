import { EFFECTS, heldEffects, standardErrors, type ModelRule, type Regression } from './regression';

/** Column of each way in which the number of authors can enter. */
export const TEAM = { linear: 'authors', log: 'log_authors', cap: 'capped_authors' } as const;

type TeamSize = keyof typeof TEAM;

/**
 * Regressions of citations on international collaboration (paper, Fig. 8A): years, country of the lead author, number of authors. The
 * study's form of team size with every estimator; the other two forms with the one held against the paper.
 */
export function internationalRegressions(rule: Pick<ModelRule, 'estimator' | 'se' | 'teamSize'>): Regression[] {
  const held = rule.estimator === 'nb2' ? 'nb2' : heldEffects(rule);
  const others = (Object.keys(TEAM) as TeamSize[]).filter((form) => form !== rule.teamSize);
  return [
    ...[...EFFECTS, 'nb2' as const].map((estimator) => regression(rule, { estimator, teamSize: rule.teamSize, held: estimator === held })),
    ...others.map((teamSize) => regression(rule, { estimator: held, teamSize, held: false })),
  ];
}

function regression(
  rule: Pick<ModelRule, 'estimator' | 'se'>,
  { estimator, teamSize, held }: Pick<Regression, 'estimator' | 'held'> & { teamSize: TeamSize },
): Regression {
  const covariates = `international + ${TEAM[teamSize]}`;
  const own = {
    name: `${teamSize}/${estimator}`,
    adjustment: 'country' as const,
    teamSize,
    estimator,
    held,
    years: true,
    interest: 'international',
  };
  if (estimator === 'nb2') return { ...own, covariates: `${covariates} + factor(country)`, se: standardErrors(rule, 'nb2') };
  return { ...own, covariates, group: 'country', se: standardErrors(rule, estimator, 'country') };
}
