import { ZodError } from 'zod';

/** A row that does not have the documented shape: not used, and not dropped in silence either. */
export interface Refused {
  id: string | null;
  /** Which field, and what was expected. */
  reason: string;
}

/** Reads every row, and keeps apart those that `read` cannot take. */
export function readRows<Row>(raw: unknown[], read: (row: unknown) => Row): { rows: Row[]; refused: Refused[] } {
  const rows: Row[] = [];
  const refused: Refused[] = [];
  for (const row of raw) {
    try {
      rows.push(read(row));
    } catch (error) {
      if (!(error instanceof ZodError)) throw error;
      refused.push({ id: idOf(row), reason: error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ') });
    }
  }
  return { rows, refused };
}

function idOf(row: unknown): string | null {
  return typeof row === 'object' && row !== null && 'id' in row && typeof row.id === 'string' ? row.id : null;
}
