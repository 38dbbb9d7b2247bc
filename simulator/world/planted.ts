import type { Region } from './countries';

/** Effects planted in the citation counts: ratios of expected counts, other things equal. They go into the truth file. */
export const planted = {
  note: 'Ratios of expected citing works (all, and clinical ones); Northern America, national, not high-ranked = 1.',
  general: {
    region: {
      'Northern America': 1,
      Europe: 0.9,
      Oceania: 0.95,
      Asia: 0.65,
      'Latin America and the Caribbean': 0.6,
      Africa: 0.55,
    } satisfies Record<Region, number>,
    highRanked: 1.8,
    international: 1.25,
  },
  clinical: {
    region: {
      'Northern America': 1,
      Europe: 1.1,
      Oceania: 1.05,
      Asia: 0.5,
      'Latin America and the Caribbean': 0.75,
      Africa: 0.85,
    } satisfies Record<Region, number>,
    highRanked: 1.6,
    international: 1.35,
  },
  /** Share of clinical citing works where all ratios are 1. */
  clinicalShare: 0.2,
  /** Shape of the gamma noise: variance of a count is mean + mean² / shape. */
  shape: 1.5,
};

export interface Effects {
  region: Region;
  highRanked: boolean;
  international: boolean;
}

function ratio(kind: 'general' | 'clinical', { region, highRanked, international }: Effects): number {
  const effects = planted[kind];
  return effects.region[region] * (highRanked ? effects.highRanked : 1) * (international ? effects.international : 1);
}

/** Expected citing works of an article at base 1, and the share of them that is clinical. */
export function expectation(effects: Effects): { mean: number; clinicalShare: number } {
  const mean = ratio('general', effects);
  return { mean, clinicalShare: (planted.clinicalShare * ratio('clinical', effects)) / mean };
}

/** Older articles had more time to be cited; the youngest have had a year or two. */
export const exposure = (year: number) => Math.min(1.6, 0.25 + (2024 - year) * 0.11);
