import type { Json } from '../dag/canonical';
import { whyRun, type Cue, type CueParts } from '../dag/cues';
import { sql } from '../dag/sql';
import { query, type Database } from './database';
import { snake } from './relations';

/** How one step stands in two runs. */
export interface StepDifference {
  readonly step: string;
  readonly digests: readonly [string | null, string | null];
  readonly rows: readonly [number | null, number | null];
  /** What differs in what the step was made from. */
  readonly cues: readonly Cue[];
}

interface Row {
  readonly step: string;
  readonly digest_a: string | null;
  readonly digest_b: string | null;
  readonly rows_a: number | null;
  readonly rows_b: number | null;
  readonly text_a: string | null;
  readonly text_b: string | null;
  readonly code_a: Record<string, string> | null;
  readonly code_b: Record<string, string> | null;
}

/** The steps whose key or content differs between two runs, in the order of the newer run. */
export async function differingSteps(database: Database, a: number, b: number): Promise<StepDifference[]> {
  const rows = await query<Row>(
    database,
    sql`with side as (
          select run_step.run, run_step.step, result.digest, result.rows, result.key_text, code.parts, run_step.started
          from store.run_step left join store.result on result.id = run_step.result left join store.code on code.digest = (result.key_text::jsonb)->>'code'
          where run_step.run = ${a} or run_step.run = ${b})
        select step, x.digest as digest_a, y.digest as digest_b, x.rows as rows_a, y.rows as rows_b, x.key_text as text_a, y.key_text as text_b, x.parts as code_a, y.parts as code_b
        from (select * from side where run = ${a}) as x full join (select * from side where run = ${b}) as y using (step)
        where x.digest is distinct from y.digest or x.key_text is distinct from y.key_text order by step`,
  );
  return rows.map((row) => ({
    step: row.step,
    digests: [row.digest_a, row.digest_b],
    rows: [row.rows_a, row.rows_b],
    cues: cuesBetween(partsOf(row.text_a, row.code_a), partsOf(row.text_b, row.code_b)),
  }));
}

function cuesBetween(before: CueParts | null, now: CueParts | null): Cue[] {
  if (now === null) return [{ cue: 'output-missing', was: null, is: null }];
  return whyRun({ forced: false, failed: null, outputMissing: false, before, now });
}

function partsOf(text: string | null, code: Record<string, string> | null): CueParts | null {
  if (text === null) return null;
  const key = JSON.parse(text) as { code: string; params: Json; inputs: Record<string, string>; vintage?: string };
  return { code: code ?? { code: key.code }, params: key.params, inputs: key.inputs, vintage: key.vintage ?? null };
}

export interface MovedNumber {
  readonly id: string;
  readonly quantity: string;
  readonly unit: string;
  readonly was: number | null;
  readonly is: number | null;
  /** `is` minus `was`, in the unit; null when only one run has the number. */
  readonly change: number | null;
}

/** Published numbers that the two runs rebuilt differently. */
export async function movedNumbers(database: Database, a: number, b: number): Promise<MovedNumber[]> {
  const text = `select id, quantity, coalesce(y.unit, x.unit) as unit, x.rebuilt as was, y.rebuilt as is, (y.rebuilt::numeric - x.rebuilt::numeric)::float8 as change from run_${a}.report_drift as x full join run_${b}.report_drift as y using (id, quantity)
    where x.rebuilt is distinct from y.rebuilt order by id`;
  return query<MovedNumber>(database, { text, values: [] });
}

/** How many rows of a step only one of two runs has. A row that changed is one of each. */
export interface RowsApart {
  readonly step: string;
  readonly onlyA: number;
  readonly onlyB: number;
}

/** What each of these steps has in one run only; a step whose columns differ is left out, since none of its rows are equal. */
export async function rowsApart(database: Database, steps: readonly string[], runs: { a: number; b: number }): Promise<RowsApart[]> {
  const apart: RowsApart[] = [];
  for (const step of steps) {
    const [x, y] = sidesOf(step, runs);
    const columns = await query<{ side: string; names: string }>(
      database,
      sql`select table_schema as side, string_agg(column_name || ' ' || data_type, ', ' order by column_name) as names from information_schema.columns
          where table_schema || '.' || table_name in (${x}, ${y}) group by 1`,
    );
    if (columns.length !== 2 || columns[0]!.names !== columns[1]!.names) continue;
    const count = (from: string, other: string): string =>
      `(select count(*) from (select * from ${from} except all select * from ${other}) as r)`;
    const [row] = await query<Omit<RowsApart, 'step'>>(database, {
      text: `select ${count(x, y)} as "onlyA", ${count(y, x)} as "onlyB"`,
      values: [],
    });
    apart.push({ step, ...row! });
  }
  return apart;
}

function sidesOf(step: string, { a, b }: { a: number; b: number }): [string, string] {
  return [`run_${a}.${snake(step)}`, `run_${b}.${snake(step)}`];
}

/** Rows of a step that only one of two runs has, and how many there are in all. */
export interface DifferingRows {
  readonly rows: readonly { readonly only: 'a' | 'b'; readonly row: Json }[];
  readonly differing: { readonly a: number; readonly b: number };
}

/** At most so many of each side are shown; all are counted. */
export async function differingRows(
  database: Database,
  step: string,
  runs: { a: number; b: number; most: number },
): Promise<DifferingRows> {
  const [x, y] = sidesOf(step, runs);
  const side = (only: string, from: string, other: string): string =>
    `(select '${only}' as only, to_jsonb(r) as row, (count(*) over ())::int as "all" from (select * from ${from} except all select * from ${other}) as r order by r::text limit ${runs.most})`;
  const rows = await query<{ only: 'a' | 'b'; row: Json; all: number }>(database, {
    text: `${side('a', x, y)} union all ${side('b', y, x)}`,
    values: [],
  });
  const count = (of: 'a' | 'b'): number => rows.find(({ only }) => only === of)?.all ?? 0;
  return { rows: rows.map(({ only, row }) => ({ only, row })), differing: { a: count('a'), b: count('b') } };
}
