import { sha256 } from './digest';
import { shardKey, type KeyParts } from './key';
import type { ShardSource, ShardTask } from './shards';
import type { AnyStep } from './step';

/** A piece of work with its key. */
export interface PlannedShard extends ShardTask {
  readonly key: string;
  readonly keyText: string;
}

/** Carries out how a step says that it is cut. */
export type Cut = (sources: readonly ShardSource[]) => AsyncIterable<ShardTask>;

/** The piece of work of a step that is not cut into shards. */
export const WHOLE: ShardTask = { name: 'all', input: null, value: null, digest: sha256('all') };

/**
 * The shards of a step, one after the other: there may be more than anybody wants to hold. The same piece may come twice (an input with
 * equal rows, a value given twice); it has the same key and is one piece of work.
 */
export async function* shardsOf(step: AnyStep, parts: KeyParts, cut: Cut): AsyncGenerator<PlannedShard> {
  const sources = step.sharded ? step.shards(parts.params) : [];
  const cutInputs = sources.flatMap((source) => (source.by === 'value' ? [] : [source.input]));
  for await (const task of step.sharded ? cut(sources) : [WHOLE]) {
    const { key, text } = shardKey(parts, task, cutInputs);
    yield { ...task, key, keyText: text };
  }
}
