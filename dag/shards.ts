import type { Json } from './canonical';
import { canonicalJson } from './canonical';
import { sha256 } from './digest';

/** How a step is cut into pieces of work, told by the step, carried out by the store. */
export type ShardSource =
  | { readonly by: 'row'; readonly input: string; readonly name: string }
  | { readonly by: 'batch'; readonly input: string; readonly column: string; readonly with: readonly string[]; readonly max: number }
  | { readonly by: 'value'; readonly names: readonly string[] };

/** One piece of work: what it is called, what it reads, and the digest of that. */
export interface ShardTask {
  readonly name: string;
  /** The input this piece was cut from; null when it was cut from a parameter. */
  readonly input: string | null;
  /** The row, `{ from, to }` of a batch, or the value. */
  readonly value: Json;
  readonly digest: string;
}

/** What a step may say of an input when it cuts itself into shards. */
export class InputCut {
  constructor(private readonly input: string) {}

  /** One shard per row of the input, called by one of its columns. */
  eachRow(name: string): ShardSource {
    return { by: 'row', input: this.input, name };
  }

  /**
   * Batches of at most `max` values of a column, cut by content so that one value more changes at most two batches.
   * `others` names every further column that the shard reads: they are part of its digest.
   */
  eachBatch(column: string, max: number, others: readonly string[] = []): ShardSource {
    return { by: 'batch', input: this.input, column, with: others, max };
  }
}

/** One shard per value of a parameter, such as one per year. */
export function each(names: readonly (string | number)[]): ShardSource {
  return { by: 'value', names: names.map(String) };
}

export function taskOfRow(source: { input: string; name: string }, row: Record<string, Json>): ShardTask {
  const name = String(row[source.name]);
  return { name, input: source.input, value: row, digest: sha256(canonicalJson(row)) };
}

export function taskOfValue(name: string): ShardTask {
  return { name, input: null, value: name, digest: sha256(canonicalJson(['value', name])) };
}

/** A value of the column a batch is cut by, and the rows that stand behind it. */
export interface BatchItem {
  readonly value: string | number;
  readonly rows: Json;
}

/**
 * Cuts sorted items by their content: after a value whose hash says so; a run that is still too long is cut after its smallest hash, again
 * and again. Neither cut depends on what lies outside the run, so one value more changes at most two batches, and one run is held at a time.
 */
export async function* cutBatches(
  source: { input: string; max: number },
  items: AsyncIterable<BatchItem> | Iterable<BatchItem>,
): AsyncGenerator<ShardTask> {
  // Two thirds of what fits, on average: cuts by size then are rare.
  const modulus = Math.max(1, Math.floor(source.max * 0.64));
  let run: Hashed[] = [];
  for await (const item of items) {
    const hash = Number.parseInt(sha256(String(item.value)).slice(0, 12), 16);
    run.push({ ...item, hash });
    if (hash % modulus !== 0) continue;
    yield* batchesOf(source, run);
    run = [];
  }
  if (run.length > 0) yield* batchesOf(source, run);
}

interface Hashed extends BatchItem {
  readonly hash: number;
}

function batchesOf(source: { input: string; max: number }, run: readonly Hashed[]): ShardTask[] {
  return cutLong(run, source.max).map((batch) => taskOfBatch(source.input, batch));
}

function cutLong(run: readonly Hashed[], max: number): (readonly Hashed[])[] {
  if (run.length <= max) return [run];
  // A cut after the last item would cut nothing.
  const inner = run.slice(0, -1);
  const at = inner.reduce((least, item, index) => (item.hash < inner[least]!.hash ? index : least), 0) + 1;
  return [...cutLong(run.slice(0, at), max), ...cutLong(run.slice(at), max)];
}

function taskOfBatch(input: string, batch: readonly BatchItem[]): ShardTask {
  const from = batch[0]!.value;
  const to = batch.at(-1)!.value;
  const digest = sha256(canonicalJson(batch.map((item) => [item.value, item.rows])));
  return { name: from === to ? String(from) : `${from}–${to}`, input, value: { from, to }, digest };
}
