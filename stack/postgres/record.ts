import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { StackError } from '../errors';
import type { Home } from '../home';

/** What a home knows of its database. `folder` holds the data folder; `home` when that is the home itself, wherever it is moved. */
const record = z.object({ password: z.string().min(1), folder: z.string() });
export type PostgresRecord = z.infer<typeof record>;

export function readRecord(home: Home): PostgresRecord | null {
  if (!existsSync(home.postgresFile)) return null;
  try {
    return record.parse(JSON.parse(readFileSync(home.postgresFile, 'utf8')));
  } catch {
    throw new StackError(
      `Expected password and folder of the database as JSON, got something else (${home.postgresFile}). Restore the file, or move the home away to begin anew.`,
      2,
    );
  }
}

export function writeRecord(home: Home, value: PostgresRecord): void {
  writeFileSync(`${home.postgresFile}.new`, JSON.stringify(value), { mode: 0o600 });
  renameSync(`${home.postgresFile}.new`, home.postgresFile);
}
