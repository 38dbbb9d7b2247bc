import { EFFECTS, heldEffects, standardErrors, type ModelRule, type Regression } from './regression';

/**
 * Regressions of citations on world regions (paper, Fig. 7): with years alone; the same on the articles that the outlet model keeps ("our
 * results remain consistent when estimating all models on the smaller samples"); with an effect for each outlet.
 * @param base region that the others are compared with; null: the first by alphabet
 */
export function relevanceRegressions(rule: Pick<ModelRule, 'estimator' | 'se'>, base: string | null): Regression[] {
  const region = base === null ? 'region' : `ref(region, ${JSON.stringify(base)})`;
  const shared = { teamSize: null, covariates: region, interest: 'region', years: true };
  const plain = { ...shared, estimator: 'nb2', se: standardErrors(rule, 'nb2') } as const;
  return [
    { ...plain, name: 'unadjusted/nb2', adjustment: 'unadjusted', held: true },
    // Years as the group: Poisson's slopes need the mean alone to be right.
    {
      ...shared,
      name: 'unadjusted/poisson-fe',
      adjustment: 'unadjusted',
      held: false,
      estimator: 'poisson-fe',
      years: false,
      group: 'year',
      se: 'robust',
    },
    { ...plain, name: 'same-sample/nb2', adjustment: 'same-sample', held: false },
    ...EFFECTS.map((estimator) => ({
      ...{ ...shared, name: `outlet/${estimator}`, adjustment: 'outlet' as const, held: estimator === heldEffects(rule) },
      ...{ estimator, group: 'outlet', se: standardErrors(rule, estimator, 'outlet') },
    })),
  ];
}

/** Names of the fits: they do not depend on the data. */
export const RELEVANCE = relevanceRegressions({ estimator: 'nb-hhg', se: 'oim' }, null).map(({ name }) => name);
