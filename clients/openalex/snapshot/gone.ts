import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { BrokenAnswer } from '../../http/errors';

/** A work that is no more: merged into another one, or deleted. */
export interface GoneWork {
  /** `W…` */
  readonly work: string;
  /** The one it was merged into; null when it was deleted. */
  readonly into: string | null;
  /** `YYYY-MM-DD` */
  readonly date: string;
}

const workId = z.string().regex(/^W\d+$/);
const date = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}/)
  .transform((text) => text.slice(0, 10));
/** Until 2025: one file a day, of all works merged on it. */
const merged = z.object({ merge_date: date, id: workId, merge_into_id: workId });
/** Since 2026: one list of all. Ids are numbers or addresses there. */
const deleted = z.object({ work_id: z.string().regex(/W?\d+$/), deleted_date: date });

/** Reads `merged_ids/works/*.csv.gz` or `works/deleted_ids.csv`. @throws BrokenAnswer with the line that is neither */
export function readGone(bytes: Buffer, file: string): GoneWork[] {
  const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  const rows = parse(text, { columns: true, skip_empty_lines: true, bom: true, trim: true }) as unknown as unknown[];
  return rows.map((row, index) => readRow(row, { file, line: index + 2 }));
}

function readRow(row: unknown, { file, line }: { file: string; line: number }): GoneWork {
  const one = merged.safeParse(row);
  if (one.success) return { work: one.data.id, into: one.data.merge_into_id, date: one.data.merge_date };
  const other = deleted.safeParse(row);
  if (other.success) return { work: `W${/\d+$/.exec(other.data.work_id)![0]}`, into: null, date: other.data.deleted_date };
  throw new BrokenAnswer(
    `Expected merge_date,id,merge_into_id or work_id,deleted_date, got ${JSON.stringify(row).slice(0, 100)} (${file}:${line}). Fetch the list again.`,
  );
}

/** Where a chain of merges ends: a survivor may have been merged itself. A circle ends where it began. */
export function survivors(gone: readonly GoneWork[]): Map<string, GoneWork> {
  const byId = new Map(gone.map((one) => [one.work, one]));
  const ends = new Map<string, GoneWork>();
  for (const one of gone) {
    const seen = new Set([one.work]);
    let into = one.into;
    while (into !== null && byId.has(into) && !seen.has(into)) {
      seen.add(into);
      into = byId.get(into)!.into;
    }
    ends.set(one.work, { ...one, into });
  }
  return ends;
}
