/**
 * How many outcomes exceed j, as runs over j of one constant count: sums over rows of Σ_{j<y} F(j) become Σ_runs count · Σ_j F(j).
 * Bucket b (a pattern, or all rows) has the runs start[b] … start[b+1]−1.
 */
export interface Runs {
  readonly start: Int32Array;
  readonly from: Float64Array;
  readonly to: Float64Array;
  readonly times: Float64Array;
}

/** Runs of the outcomes of each bucket. */
export function runsOf(outcome: Float64Array, bucket: Int32Array, buckets: number): Runs {
  const end = new Int32Array(buckets + 1);
  for (const b of bucket) end[b + 1]!++;
  for (let b = 0; b < buckets; b++) end[b + 1]! += end[b]!;
  const begin = end.slice();
  const sorted = new Float64Array(outcome.length);
  for (let i = 0; i < outcome.length; i++) sorted[begin[bucket[i]!]!++] = outcome[i]!;
  const start = new Int32Array(buckets + 1);
  const [from, to, times]: [number[], number[], number[]] = [[], [], []];
  for (let b = 0; b < buckets; b++) {
    const values = sortCounts(sorted.subarray(end[b]!, end[b + 1]!));
    let below = 0;
    for (let i = 0; i < values.length; i++) {
      if (values[i] === below) continue;
      from.push(below);
      to.push(values[i]!);
      times.push(values.length - i);
      below = values[i]!;
    }
    start[b + 1] = from.length;
  }
  return { start, from: Float64Array.from(from), to: Float64Array.from(to), times: Float64Array.from(times) };
}

/** Sorts whole numbers in place: by counting where they are many and small, as citations are. */
function sortCounts(values: Float64Array): Float64Array {
  const most = values.length < 64 ? Infinity : values.reduce((high, value) => Math.max(high, value), 0);
  if (most > 4 * values.length) return values.sort();
  const counts = new Int32Array(most + 1);
  for (const value of values) counts[value]!++;
  for (let value = 0, at = 0; value <= most; value++) {
    values.fill(value, at, at + counts[value]!);
    at += counts[value]!;
  }
  return values;
}
