import { changeName, type CountMoved, type InputChange } from '../dag/moved-rows';
import type { RowsMoved } from '../dag/cues';
import { sql } from '../dag/sql';
import { query, type Database } from './database';

/** Larger tables would make a plan slow: of those the counts of rows must do. */
const MOST_ROWS = 20_000;

/** Digests never change their rows: what was counted once in this process holds. */
const counted = new Map<string, RowsMoved>();
const MOST_COUNTED = 1_000;

/** How many rows two results of a step have that the other has not; without an answer where one is large or collected. */
export function countMoved(database: Database): CountMoved {
  return async (changes) => {
    const found = new Map<string, RowsMoved>();
    for (const change of changes) {
      const moved = counted.get(changeName(change)) ?? (await count(database, change));
      if (moved !== null) found.set(changeName(change), moved);
    }
    if (counted.size > MOST_COUNTED) counted.clear();
    found.forEach((moved, name) => counted.set(name, moved));
    return found;
  };
}

interface Side {
  readonly id: number;
  readonly relation: string;
  readonly sharded: boolean;
}

async function count(database: Database, { was, is }: InputChange): Promise<RowsMoved | null> {
  const [before, now] = [await sideOf(database, was), await sideOf(database, is)];
  if (before === null || now === null) return null;
  const only = (these: Side, those: Side): string => `select count(*)::int from (${rowsOf(these)} except all ${rowsOf(those)}) as alone`;
  const text = `select (${only(now, before)}) as added, (${only(before, now)}) as removed`;
  const [moved] = await query<RowsMoved>(database, { text, values: [] });
  return moved!;
}

async function sideOf(database: Database, digest: string): Promise<Side | null> {
  const [side] = await query<Side>(
    database,
    sql`select id, relation, sharded from store.result
        where digest = ${digest} and state = 'sealed' and rows <= ${MOST_ROWS} and to_regclass(relation) is not null order by id desc limit 1`,
  );
  return side ?? null;
}

/** Whole rows as texts: the two results may have been made with other columns. */
function rowsOf({ id, relation, sharded }: Side): string {
  if (!sharded) return `select to_jsonb(r)::text from ${relation} as r`;
  const shards = `select shard from store.result_shard where result = ${Number(id)}`;
  return `select (to_jsonb(r) - 'shard')::text from ${relation} as r where shard in (${shards})`;
}
