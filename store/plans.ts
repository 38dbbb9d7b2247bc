import type { CueParts } from '../dag/cues';
import type { RememberedStep } from '../dag/moved';
import { sql } from '../dag/sql';
import { query, type Database } from './database';

/** Plans kept of each study: a fingerprint older than so many is not asked for again. */
const KEPT = 20;

type StoredStep = Omit<RememberedStep, 'parts'> & { readonly parts: Omit<CueParts, 'code'> & { readonly code: string } };

/** Remembers what a fingerprint stands for. Code is kept by its digest: `store.code` knows its files. */
export async function rememberPlan(
  database: Database,
  plan: { study: string; fingerprint: string; steps: readonly RememberedStep[]; codes: ReadonlyMap<string, { digest: string }> },
): Promise<void> {
  const steps = plan.steps.map((step): StoredStep => ({ ...step, parts: { ...step.parts, code: plan.codes.get(step.step)!.digest } }));
  await query(
    database,
    sql`with made as (
          insert into store.plan (study, fingerprint, steps) values (${plan.study}, ${plan.fingerprint}, ${JSON.stringify(steps)}::jsonb)
          on conflict (study, fingerprint) do update set made = clock_timestamp(), steps = excluded.steps)
        delete from store.plan where study = ${plan.study} and fingerprint in (
          select fingerprint from store.plan where study = ${plan.study} order by made desc offset ${KEPT})`,
  );
}

/** What a fingerprint stood for; null when no plan of this study had it, or too many were made since. */
export async function recallPlan(database: Database, study: string, fingerprint: string): Promise<RememberedStep[] | null> {
  const [row] = await query<{ steps: StoredStep[] }>(
    database,
    sql`select steps from store.plan where study = ${study} and fingerprint = ${fingerprint}`,
  );
  if (row === undefined) return null;
  const digests = [...new Set(row.steps.map(({ parts }) => parts.code))];
  const codes = await query<{ digest: string; parts: Record<string, string> }>(
    database,
    sql`select digest, parts from store.code where digest = any(${digests}::text[])`,
  );
  const partsOf = new Map(codes.map(({ digest, parts }) => [digest, parts]));
  return row.steps.map((step) => ({
    ...step,
    parts: { ...step.parts, code: partsOf.get(step.parts.code) ?? { code: step.parts.code } },
  }));
}
