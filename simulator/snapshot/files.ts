import { gzipSync } from 'node:zlib';
import type { Holdings, Json, Row } from '../holdings';
import type { Switches } from '../switches';

type Shape = Switches['snapshotShape'];

/** Real parts hold up to 400,000 records. */
const RECORDS_PER_PART = 500;
const RELEASE = '2026-06-25';
const NEWLINE = '\n';

/**
 * A world as OpenAlex publishes it in its bucket: path → bytes. Parts by the day of a record's last change, the manifest of the shape's years, the
 * lists of works that are gone. Beside the world's works it holds what the API leaves out: expansion works, and a record that was deleted.
 */
export function snapshotFiles({ works, sources, merged }: Holdings, shape: Shape): Map<string, Buffer> {
  const deleted = copies(works, { first: 7_100_000_001, more: {} }).slice(0, 2);
  const expansion = copies(works, { first: 7_200_000_001, more: { is_xpac: true } });
  const files = new Map([...entityFiles('works', [...works, ...expansion, ...deleted], shape), ...entityFiles('sources', sources, shape)]);
  for (const [path, text] of goneLists(shape, { deleted: deleted.map(({ id }) => shortId(id)), merged })) files.set(path, text);
  return files;
}

const shortId = (id: string) => id.replace('https://openalex.org/', '');

/** A few works that cite, under ids of their own: whoever counts them counts too much. */
function copies(works: readonly Row[], { first, more }: { first: number; more: Record<string, Json> }): Row[] {
  const citing = works.filter((row) => Array.isArray(row['referenced_works']) && row['referenced_works'].length > 0);
  return citing.slice(0, 5).map((row, index) => ({ ...row, id: `https://openalex.org/W${first + index}`, doi: null, ids: {}, ...more }));
}

interface Part {
  path: string;
  bytes: Buffer;
  records: number;
}

function entityFiles(entity: string, rows: readonly Row[], shape: Shape): [string, Buffer][] {
  const root = shape === '2026' ? `/data/jsonl/${entity}` : `/data/${entity}`;
  const parts = [...byDay(rows)].flatMap(([day, list]) => partsOf(`${root}/updated_date=${day}`, list, shape));
  const manifest = shape === '2026' ? presentManifest(entity, parts) : formerManifest(parts);
  const name = shape === '2026' ? 'manifest.json' : 'manifest';
  return [...parts.map(({ path, bytes }): [string, Buffer] => [path, bytes]), [`${root}/${name}`, Buffer.from(JSON.stringify(manifest))]];
}

function byDay(rows: readonly Row[]): Map<string, Row[]> {
  const days = new Map<string, Row[]>();
  for (const row of rows) {
    const day = (typeof row['updated_date'] === 'string' ? row['updated_date'] : '2023-01-01').slice(0, 10);
    days.set(day, [...(days.get(day) ?? []), row]);
  }
  return new Map([...days].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Older parts were written with blanks, in another order of names. */
function partsOf(folder: string, rows: readonly Row[], shape: Shape): Part[] {
  const count = Math.ceil(rows.length / RECORDS_PER_PART);
  const line = (row: Row) => (shape === '2026' ? JSON.stringify(row) : spaced(row));
  return Array.from({ length: count }, (_, index) => {
    const list = rows.slice(index * RECORDS_PER_PART, (index + 1) * RECORDS_PER_PART);
    const bytes = gzipSync(list.map((row) => line(row) + NEWLINE).join(''));
    return { path: `${folder}/part_${String(index).padStart(shape === '2026' ? 4 : 3, '0')}.gz`, bytes, records: list.length };
  });
}

function spaced(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(spaced).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).reverse();
  return `{${entries.map(([name, item]) => `${JSON.stringify(name)}: ${spaced(item)}`).join(', ')}}`;
}

const entryOf = ({ path, bytes, records }: Part): Json => ({
  url: `s3://openalex${path}`,
  meta: { content_length: bytes.length, record_count: records },
});
const sums = (parts: readonly Part[]) => ({
  record_count: parts.reduce((sum, part) => sum + part.records, 0),
  content_length: parts.reduce((sum, part) => sum + part.bytes.length, 0),
});

const presentManifest = (entity: string, parts: readonly Part[]): Json => ({
  date: RELEASE,
  format: 'jsonl',
  entity,
  ...sums(parts),
  files: parts.map(entryOf),
});

const formerManifest = (parts: readonly Part[]): Json => ({ entries: parts.map(entryOf), meta: sums(parts) });

function goneLists(shape: Shape, { deleted, merged }: { deleted: readonly string[]; merged: Holdings['merged'] }): [string, Buffer][] {
  const rows = [...merged].map(([from, to]) => `2024-07-30,${from},${to}\n`).join('');
  const list = gzipSync(`merge_date,id,merge_into_id\n${rows}`);
  const root = shape === '2026' ? '/data/jsonl/works' : '/data/works';
  const gone = Buffer.from(`work_id,deleted_date\n${deleted.map((id) => `${id},2026-05-02\n`).join('')}`);
  return [
    ['/data/merged_ids/works/2024-07-30.csv.gz', list],
    [`${root}/deleted_ids.csv`, gone],
  ];
}
