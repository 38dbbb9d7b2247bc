import type { RuleTables } from '../../drawing/page-data';

/** Invented counts of other rules, in the proportions of a small recorded set. */
export function sampleRules(articles: number): RuleTables {
  const row = (rule: string, share: number, own = false) => ({ rule, own, found: Math.round(articles * share), of: articles });
  return {
    keywords: [row('end exact', 0.96), row('end plural', 1, true), row('end substring', 1.04)],
    strategies: [
      {
        list: 'baruffaldi-2020',
        comparison: 'liu-2021',
        corpus: 'pubmed',
        articles,
        compared: Math.round(articles * 0.45),
        shared: Math.round(articles * 0.44),
      },
    ],
    lifeScience: [row('any score', 0.43, true), row('score ≥ 0.32', 0.06)],
    coverage: [row('any score', 0.99, true), row('score ≥ 0.32', 0.89)],
    clinical: [row('broad', 0.18, true), row('broad_strict', 0.11)],
    agreement: { known: articles, same: Math.round(articles * 0.9) },
  };
}
