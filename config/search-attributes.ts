/**
 * Search attributes of rebuilds and their steps; registered at each start of an embedded Temporal server. The one list of them.
 * A namespace on SQL has room for ten Keyword and for three of each other type.
 */
export const searchAttributes = {
  AtlasStudy: 'Keyword',
  AtlasTrigger: 'Keyword',
  AtlasStage: 'Keyword',
  AtlasStatus: 'Keyword',
  AtlasRun: 'Int',
  AtlasHits: 'Int',
  AtlasMisses: 'Int',
  AtlasCost: 'Double',
} as const;
