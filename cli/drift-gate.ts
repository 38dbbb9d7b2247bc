import { query } from '../store/database';
import { CommandError } from './failure';
import type { StudySession } from './study-session';

/** Closes the gate of a study that asks for it: a published number outside its tolerance, without a named cause. @throws CommandError (exit 3) */
export async function holdDriftGate({ database, loaded }: StudySession, run: number): Promise<void> {
  if (loaded.study.gate.drift !== 'fail') return;
  const rows = await query<{ id: string; published: number; rebuilt: number }>(database, {
    text: `select id, published, rebuilt from run_${run}.report_drift where verdict = 'differs' and cause is null order by ordinal`,
    values: [],
  });
  if (rows.length === 0) return;
  const list = rows.map(({ id, published, rebuilt }) => `${id}: published ${published}, rebuilt ${rebuilt}`);
  throw new CommandError(
    `Expected no drift from the published numbers (gate.drift: fail), got ${rows.length} that differ without a named cause:\n${list.join('\n')}`,
    3,
  );
}
