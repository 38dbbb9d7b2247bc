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

/** Up to so many counts for each row a table of them is quicker than sorting. */
const TABLE = 4;

/** A table of how often each outcome occurs in each bucket, still empty; null if it would be too large. No outcome is larger than `most`. */
export function countsTable(most: number, { rows, buckets }: { rows: number; buckets: number }): Int32Array | null {
  return (most + 1) * buckets > TABLE * rows + 64 ? null : new Int32Array((most + 1) * buckets);
}

/** Runs of the outcomes of each bucket. */
export function runsOf(outcome: Float64Array, { most, bucket, buckets }: { most: number; bucket: Int32Array; buckets: number }): Runs {
  const counts = countsTable(most, { rows: outcome.length, buckets });
  if (counts === null) return sortedRuns(outcome, bucket, buckets);
  const width = most + 1;
  for (let row = 0; row < outcome.length; row++) counts[bucket[row]! * width + outcome[row]!]!++;
  return runsOfCounts(counts, buckets);
}

/** Runs from a table of counts, a row a bucket. */
export function runsOfCounts(counts: Int32Array, buckets: number): Runs {
  const width = counts.length / buckets;
  const found = new Collector(buckets);
  for (let b = 0; b < buckets; b++) {
    let left = 0;
    for (let y = 1; y < width; y++) left += counts[b * width + y]!;
    for (let y = 1, below = 0; left > 0; y++) {
      const times = counts[b * width + y]!;
      if (times === 0) continue;
      found.add(below, y, left);
      below = y;
      left -= times;
    }
    found.close(b);
  }
  return found.runs();
}

/** Outcomes that are few and large, or of many buckets. */
export function sortedRuns(outcome: Float64Array, bucket: Int32Array, buckets: number): Runs {
  const end = new Int32Array(buckets + 1);
  for (let row = 0; row < bucket.length; row++) end[bucket[row]! + 1]!++;
  for (let b = 0; b < buckets; b++) end[b + 1]! += end[b]!;
  const begin = end.slice();
  const sorted = new Float64Array(outcome.length);
  for (let i = 0; i < outcome.length; i++) sorted[begin[bucket[i]!]!++] = outcome[i]!;
  const found = new Collector(buckets);
  for (let b = 0; b < buckets; b++) {
    const values = sorted.subarray(end[b]!, end[b + 1]!).sort();
    let below = 0;
    for (let i = 0; i < values.length; i++) {
      if (values[i] === below) continue;
      found.add(below, values[i]!, values.length - i);
      below = values[i]!;
    }
    found.close(b);
  }
  return found.runs();
}

class Collector {
  readonly #start: Int32Array;
  readonly #from: number[] = [];
  readonly #to: number[] = [];
  readonly #times: number[] = [];

  constructor(buckets: number) {
    this.#start = new Int32Array(buckets + 1);
  }

  add(from: number, to: number, times: number): void {
    this.#from.push(from);
    this.#to.push(to);
    this.#times.push(times);
  }

  close(bucket: number): void {
    this.#start[bucket + 1] = this.#from.length;
  }

  runs(): Runs {
    const of = (values: number[]): Float64Array => Float64Array.from(values);
    return { start: this.#start, from: of(this.#from), to: of(this.#to), times: of(this.#times) };
  }
}
