import type { ModelFit, ModelTerm } from '../../drawing/page-data';

const plain = { teamSize: null, base: 'Asia', published: null, pseudoR2: 0.04, jointP: 1e-9, failure: null, warnings: [], lost: [] };

function term(name: string, ratio: number, width = 0.06): ModelTerm {
  const [, factor = name, level = null] = /^(\w+)\[(.*)\]$/.exec(name) ?? [];
  const p = Math.abs(Math.log(ratio)) > width ? 0.0004 : 0.31;
  return { term: name, factor, level, ratio, low: ratio * Math.exp(-width), high: ratio * Math.exp(width), p, published: null };
}

const regionsAt = (shrink: number): ModelTerm[] =>
  Object.entries({ Europe: 1.2, 'Northern America': 1.4, Oceania: 1.26, Africa: 1.1, 'Latin America': 0.8 }).map(([region, ratio]) =>
    term(`region[${region}]`, ratio ** shrink, region === 'Latin America' ? 2 : 0.05),
  );

function relevance(analysis: ModelFit['analysis'], n: number): ModelFit[] {
  const lost = [{ reason: 'allZeroGroups', what: null, rows: 40, groups: 12 }];
  const outlet = { ...plain, analysis, adjustment: 'outlet' as const, n: n - 40, groups: 300, lost };
  return [
    {
      ...{ ...plain, analysis, fit: 'unadjusted/nb2', adjustment: 'unadjusted', estimator: 'nb2', held: true, n, groups: null, alpha: 1.4 },
      ...{ se: 'oim', terms: regionsAt(1) },
    },
    { ...outlet, fit: 'outlet/nb-hhg', estimator: 'nb-hhg', held: true, alpha: null, se: 'oim', published: 375_033, terms: regionsAt(0.1) },
    { ...outlet, fit: 'outlet/nb2-fe', estimator: 'nb2-fe', held: false, alpha: 1.1, se: 'cluster:outlet', terms: regionsAt(0.4) },
    {
      ...{ ...outlet, fit: 'outlet/poisson-fe', estimator: 'poisson-fe', held: false, alpha: null, se: null, n: null, terms: [] },
      failure: 'Expected some outcomes above zero among rows that can be fitted, got none of 40.',
    },
  ];
}

function international(analysis: ModelFit['analysis'], n: number, ratio: number): ModelFit[] {
  const own = { ...plain, analysis, base: null, adjustment: 'country' as const, n, groups: 80, se: 'oim', alpha: null };
  const terms = [term('international', ratio), term('authors', 1.01, 0.002)];
  return [
    { ...own, fit: 'linear/nb-hhg', teamSize: 'linear', estimator: 'nb-hhg', held: true, terms },
    { ...own, fit: 'log/nb-hhg', teamSize: 'log', estimator: 'nb-hhg', held: false, terms: [term('international', ratio * 0.9)] },
  ];
}

/** Invented fits: one of them without a result, one with an interval wider than the scale. */
export const sampleModels = (n: number): ModelFit[] => [
  ...relevance('relevance-scientific', n),
  ...relevance('relevance-clinical', n),
  ...international('international-scientific', n, 1.21),
  ...international('international-clinical', n, 1.07),
];
