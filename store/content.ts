import { canonicalJson } from '../dag/canonical';
import type { Columns } from '../dag/columns';
import { sha256 } from '../dag/digest';
import { identifier } from '../dag/sql';

/** Rows and four 64-bit sums over the sha256 of each row: equal rows give equal sums in any order, and sums of parts add up. */
export interface Lanes {
  readonly rows: number;
  readonly lanes: readonly bigint[];
}

const LANES = [1, 17, 33, 49];

/**
 * SQL that gives one row `rows, lanes` for a table or subquery. The digest is sha256 of the row's text, not a hash function of
 * Postgres: those may change between major versions.
 */
export function lanesQuery(from: string, columns: Columns): string {
  const names = Object.keys(columns).map(identifier).join(', ');
  // As texts: the driver would read numerics as floats and lose their last digits.
  return `select count(*)::bigint as rows, array[${sums()}]::text[] as lanes
    from (select encode(sha256(convert_to(row(${names})::text, 'UTF8')), 'hex') as hex from ${from}) as hashed`;
}

/** The same for several shards of a table at once: `shard, rows, lanes`. */
export function shardLanesQuery(table: string, columns: Columns, shards: string): string {
  const names = Object.keys(columns).map(identifier).join(', ');
  return `select shard, count(*)::bigint as rows, array[${sums()}]::text[] as lanes
    from (select shard, encode(sha256(convert_to(row(${names})::text, 'UTF8')), 'hex') as hex from ${table} where shard = any(${shards})) as hashed group by shard`;
}

function sums(): string {
  return LANES.map((start) => `coalesce(sum(('x' || substr(hex, ${start}, 16))::bit(64)::bigint::numeric), 0)`).join(', ');
}

export function parseLanes(row: { rows: number; lanes: readonly string[] }): Lanes {
  return { rows: row.rows, lanes: row.lanes.map((text) => BigInt.asUintN(64, BigInt(text))) };
}

/** SQL that adds the lanes of parts up, as `lanesQuery` does those of rows. */
export function sumOfLanes(lanes: string): string {
  return `array[${LANES.map((_, index) => `coalesce(sum((${lanes})[${index + 1}]), 0)`).join(', ')}]::text[]`;
}

/** The digest of a result's content: column names and types, row count, lanes. The same on any machine, in any order, however sharded. */
export function contentDigest(columns: Columns, { rows, lanes }: Lanes): string {
  const shape = Object.entries(columns).map(([name, [type]]) => [name, type]);
  return sha256(canonicalJson(['rows', 1, shape, rows, lanes.map((lane) => lane.toString(16).padStart(16, '0'))]));
}
