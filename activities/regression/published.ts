/** The four regressions of the paper, by step. */
export const ANALYSES = ['relevance-scientific', 'relevance-clinical', 'international-scientific', 'international-clinical'] as const;
export type Analysis = (typeof ANALYSES)[number];

/** Id of the sample size that the paper prints for a fit that is held against it: analysis and adjustment. */
export const PUBLISHED_SIZES: Readonly<Record<string, string>> = {
  'relevance-scientific unadjusted': 'citations.n_7ab',
  'relevance-clinical unadjusted': 'citations.n_7ab',
  'relevance-scientific outlet': 'citations.scientific_fe_n',
  'relevance-clinical outlet': 'citations.clinical_fe_n',
  'international-scientific country': 'international.n_scientific',
  'international-clinical country': 'international.n_clinical',
};
