import { defineSearchAttributeKey, type SearchAttributePair } from '@temporalio/common';
import { upsertSearchAttributes, workflowInfo } from '@temporalio/workflow';

const KEYS = {
  study: defineSearchAttributeKey('AtlasStudy', 'KEYWORD'),
  run: defineSearchAttributeKey('AtlasRun', 'INT'),
  stage: defineSearchAttributeKey('AtlasStage', 'KEYWORD'),
  status: defineSearchAttributeKey('AtlasStatus', 'KEYWORD'),
  hits: defineSearchAttributeKey('AtlasHits', 'INT'),
  misses: defineSearchAttributeKey('AtlasMisses', 'INT'),
  cost: defineSearchAttributeKey('AtlasCost', 'DOUBLE'),
};

/** What people filter workflows by. Hits and misses are steps; cost is US dollars of this run's requests. */
export interface Attributes {
  readonly study?: string;
  readonly run?: number;
  readonly stage?: string;
  readonly status?: string | null;
  readonly hits?: number;
  readonly misses?: number;
  readonly cost?: number;
}

export function attributePairs(attributes: Attributes): SearchAttributePair[] {
  return Object.entries(attributes).map(([name, value]) => ({ key: KEYS[name as keyof Attributes], value }) as SearchAttributePair);
}

/** A given Temporal may lack them, and refuses those it does not know: whoever started this workflow has looked. */
export function isSearchable(): boolean {
  return workflowInfo().typedSearchAttributes.get(KEYS.study) !== undefined;
}

/** Changes what this workflow is found by. Costs one event: for changes of state only. */
export function describeAs(attributes: Attributes): void {
  if (isSearchable()) upsertSearchAttributes(attributePairs(attributes));
}
