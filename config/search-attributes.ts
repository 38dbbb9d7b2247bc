/** Search attributes of rebuild workflows; registered at each start of an embedded Temporal server. The one list of them. */
export const searchAttributes = {
  AtlasStudy: 'Keyword',
  AtlasTrigger: 'Keyword',
  AtlasRun: 'Int',
} as const;
