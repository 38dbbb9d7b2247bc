import type { Switches } from '../switches';
import type { Corpus } from './corpus';

/** Shared by both tools: the records, and the results stored under WebEnv and query key. */
export interface Eutils {
  corpus: Corpus;
  switches: Switches;
  /** `WebEnv` → lists of PMIDs; query key n is entry n − 1. */
  history: Map<string, number[][]>;
}

/** The stored list a request points to, or null if it is gone or was never there. */
export function stored({ history }: Eutils, params: URLSearchParams): number[] | null {
  const lists = history.get(params.get('WebEnv') ?? '');
  return lists?.[Number(params.get('query_key')) - 1] ?? null;
}
