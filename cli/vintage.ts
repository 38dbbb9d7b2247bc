import type { LoadedStudy } from '../config/load';
import type { Database } from '../store/database';
import { listRuns } from '../store/runs';
import { CommandError } from './failure';

/** The vintage of a run: as asked, as the study says, or the newest of this home. A world of our own is its own vintage. It never rolls by itself. */
export async function vintageOf({ study }: Pick<LoadedStudy, 'study'>, database: Database, asked: string | undefined): Promise<string> {
  const { world, name } = study;
  if (asked !== undefined) refuseBadVintage(asked, world.kind);
  if (world.kind === 'synthetic') return `synthetic-${world.scale}-${world.seed}`;
  if (world.kind === 'recorded') return `recorded-${world.from!.sha256.slice(0, 8)}`;
  if (asked !== undefined) return asked;
  if (study.vintage !== null) return study.vintage;
  const [newest] = await listRuns(database, name, 1);
  return newest?.vintage ?? new Date().toISOString().slice(0, 7);
}

const VINTAGE = /^[a-z0-9][a-z0-9.-]*$/;

function refuseBadVintage(asked: string, world: string): void {
  if (!VINTAGE.test(asked))
    throw new CommandError(`Expected --vintage to be a name such as 2026-11 (small letters, digits, points, hyphens), got "${asked}".`, 2);
  if (world !== 'real')
    throw new CommandError(`Expected no --vintage for a ${world} world, which is its own vintage, got "${asked}". Leave it out.`, 2);
}
