import { z } from 'zod';
import { BrokenAnswer } from '../../http/errors';

export type Entity = 'works' | 'sources';

/** One part file by the manifest. */
export interface ManifestPart {
  /** `updated_date=2026-05-01/part_0000.gz`: unique within its entity. */
  readonly name: string;
  /** Below the root of the snapshot. */
  readonly path: string;
  readonly bytes: number;
  readonly records: number;
}

export interface Manifest {
  readonly entity: Entity;
  /** The release, `YYYY-MM-DD`; null in manifests from before 2026, which do not say. */
  readonly release: string | null;
  readonly parts: readonly ManifestPart[];
}

/** Where manifests stand, the newest shape first. */
export const manifestPaths = (entity: Entity): readonly string[] => [`/data/jsonl/${entity}/manifest.json`, `/data/${entity}/manifest`];

const entry = z.object({ url: z.string(), meta: z.object({ content_length: z.int().min(0), record_count: z.int().min(0) }) });
/** Since 2026. */
const present = z
  .object({ date: z.string(), record_count: z.int(), content_length: z.int().nullish(), files: z.array(entry) })
  .transform(({ date, record_count: records, content_length: bytes, files }) => ({ release: date, records, bytes: bytes ?? null, files }));
/** Before; the sums were added in 2023. */
const former = z
  .object({ entries: z.array(entry), meta: z.object({ content_length: z.int().nullish(), record_count: z.int().nullish() }).nullish() })
  .transform(({ entries, meta }) => ({
    release: null,
    records: meta?.record_count ?? null,
    bytes: meta?.content_length ?? null,
    files: entries,
  }));
const shapes = z.union([present, former]);

/**
 * Reads a manifest of either shape. Parts are sorted by name, so that the order in the file counts for nothing.
 * @throws BrokenAnswer when it is no manifest, or its sums are not those of its parts
 */
export function readManifest(text: string, entity: Entity, file: string): Manifest {
  const read = shapes.safeParse(parsed(text, file));
  if (!read.success)
    throw new BrokenAnswer(
      `Expected a manifest with files or entries, got ${JSON.stringify(text.slice(0, 60))} (${file}: ${z.prettifyError(read.error).split('\n')[0] ?? ''}). Fetch it again.`,
    );
  const { release, files, records, bytes } = read.data;
  const parts = files.map((one) => partOf(one, entity, file)).sort((a, b) => (a.name < b.name ? -1 : 1));
  requireSum(parts, 'records', { said: records, file });
  requireSum(parts, 'bytes', { said: bytes, file });
  return { entity, release, parts };
}

function parsed(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new BrokenAnswer(`Expected a manifest, got ${JSON.stringify(text.slice(0, 60))}, which is no JSON (${file}). Fetch it again.`);
  }
}

/** `s3://openalex/data/works/updated_date=…/part_000.gz`: bucket first, then the path, whatever the layout. */
function partOf({ url, meta }: z.infer<typeof entry>, entity: Entity, file: string): ManifestPart {
  const [, path, name] = new RegExp(`^s3://[^/]+(/(?:[^/]+/)*${entity}/((?:updated_date=[^/]+/)?[^/]+\\.(?:gz|parquet)))$`).exec(url) ?? [];
  if (path === undefined || name === undefined || path.includes('/../'))
    throw new BrokenAnswer(`Expected parts such as s3://openalex/data/jsonl/${entity}/updated_date=…/part_0000.gz, got ${url} (${file}).`);
  if (name.endsWith('.parquet'))
    throw new BrokenAnswer(`Expected parts of JSON lines, got ${url} (${file}). Take the manifest of data/jsonl; Parquet is not read.`);
  return { name, path, bytes: meta.content_length, records: meta.record_count };
}

function requireSum(
  parts: readonly ManifestPart[],
  what: 'records' | 'bytes',
  { said, file }: { said: number | null; file: string },
): void {
  const sum = parts.reduce((total, part) => total + part[what], 0);
  if (said === null || said === sum) return;
  throw new BrokenAnswer(
    `Expected ${said} ${what} as the manifest says, got ${sum} in its parts (${file}). The release may be half written: try again later.`,
  );
}
