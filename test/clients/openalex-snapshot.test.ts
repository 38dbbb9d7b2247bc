import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { readGone, survivors } from '../../clients/openalex/snapshot/gone';
import { goneWorks } from '../../clients/openalex/snapshot/gone-lists';
import { IdTable } from '../../clients/openalex/snapshot/id-table';
import { readManifest } from '../../clients/openalex/snapshot/manifest';
import { wantedRecords, type LineJudge } from '../../clients/openalex/snapshot/part';
import { SnapshotFileError } from '../../clients/openalex/snapshot/part-error';
import { folderSnapshot, manifestOf, openPart } from '../../clients/openalex/snapshot/source';
import { soughtWorks } from '../../clients/openalex/snapshot/sought';
import { snapshotFiles } from '../../simulator/snapshot/files';
import { writeSnapshot } from '../../simulator/snapshot/write';
import { buildWorld } from '../../simulator/world/build';
import { recorded } from '../recorded/recorded-data';

const everything: LineJudge = { start: () => undefined, wants: () => true };
const nothing: LineJudge = { start: () => undefined, wants: () => false };

async function* pieces(packed: Buffer, size = 4_096): AsyncGenerator<Buffer> {
  for (let at = 0; at < packed.length; at += size) yield await Promise.resolve(packed.subarray(at, at + size));
}

async function read(packed: Buffer, { records = null, judge = everything }: { records?: number | null; judge?: LineJudge } = {}) {
  const found: object[] = [];
  for await (const some of wantedRecords({ file: 'part_0000.gz', packed: pieces(packed), records }, judge)) found.push(...some);
  return found;
}

const refusal = (packed: Buffer, wish?: Parameters<typeof read>[1]): Promise<unknown> =>
  read(packed, wish).then(
    (rows) => rows,
    (error: unknown) => error,
  );
const lines = (count: number): string =>
  Array.from({ length: count }, (_, at) => `{"id":"https://openalex.org/W${at + 1}","t":"x{\\"}"}\n`).join('');

describe('parts', () => {
  test('a gzip of several members, blank lines, no newline at the end, pieces of one byte', async () => {
    const packed = Buffer.concat([gzipSync(lines(2)), gzipSync('\n \n'), gzipSync('{"id":"https://openalex.org/W3"}')]);
    expect(await read(packed, { records: 3 })).toHaveLength(3);
    const found: object[] = [];
    for await (const some of wantedRecords({ file: 'p', packed: pieces(packed, 1), records: 3 }, everything)) found.push(...some);
    expect(found).toHaveLength(3);
  });

  test('a part cut at every byte is refused, wanted or not, and never read short', async () => {
    const packed = gzipSync(lines(40));
    expect(await read(packed, { records: 40 })).toHaveLength(40);
    for (let length = 0; length < packed.length; length++) {
      const error = await refusal(packed.subarray(0, length), { records: 40, judge: length % 2 === 0 ? everything : nothing });
      expect(error).toBeInstanceOf(SnapshotFileError);
    }
  });

  test('a text cut at every byte, packed anew, is refused by the manifest’s count or by the line', async () => {
    const text = lines(3);
    for (let length = 0; length < text.length - 1; length++) {
      const error = await refusal(gzipSync(text.slice(0, length)), { records: 3 });
      expect(String(error)).toMatch(/part_0000\.gz/);
      expect(error).toBeInstanceOf(SnapshotFileError);
    }
  });

  const good = lines(2);
  test.each([
    ['a NUL byte', `${good}{"id":"\0"}\n`, 'got a NUL byte (part_0000.gz, byte 97)'],
    ['a line that is no record', `${good}[1]\n`, 'a line that is no whole record, "[1]"… (part_0000.gz:3, byte 90)'],
    ['two lines run together', `${good}{"id":1}}\n`, 'a line that is no JSON'],
    ['a record too many', `${good}{"id":"a"}\n{"id":"b"}\n`, 'got more than 3 records where the manifest says 3'],
    ['a record too few', good, 'got 2 records where the manifest says 3'],
    ['HTML', '<html>Sorry</html>\n', 'a line that is no whole record'],
  ])('%s', async (_, text, message) => {
    expect(String(await refusal(gzipSync(text), { records: 3 }))).toContain(message);
  });

  test('a file that is no gzip', async () => {
    expect(String(await refusal(Buffer.from('plain')))).toContain('gzip that does not inflate: incorrect header check');
  });

  test('a line without end stops at a bound', async () => {
    const blanks = gzipSync(Buffer.concat([Buffer.from('{'), Buffer.alloc(70 * 2 ** 20, 0x20)]));
    expect(blanks.length).toBeLessThan(100_000);
    expect(String(await refusal(blanks))).toContain('a line of more than 64 MiB (part_0000.gz, byte 0)');
  });

  test('records without end stop at the count of the manifest', async () => {
    const endless = gzipSync('{}\n'.repeat(2_000_000));
    expect(String(await refusal(endless, { records: 10, judge: nothing }))).toContain('more than 10');
  });
});

test('works are sought by PMID, DOI and source wherever a line has them, however it spells them', async () => {
  const judge = soughtWorks({
    pmids: IdTable.ofNumbers([31]),
    dois: new Set(['10.5555/a(b)']),
    sources: IdTable.ofNumbers([4_306_420_609]),
  });
  const hits = [
    '{"id":"1","ids":{"pmid":"https://pubmed.ncbi.nlm.nih.gov/31"}}',
    '{"id":"2","ids": {"pmid" : 31}}',
    '{"id":"3","doi":"https://doi.org/10.5555/A(B)"}',
    '{"id":"4","doi":"https:\\/\\/doi.org\\/10.5555\\/a%28b%29"}',
    '{"id":"5","primary_location":{"source":{"id":"https://openalex.org/S4306420609"}}}',
    '{"id":"6","primary_location":{"source":{"id":"https:\\/\\/openalex.org\\/S4306420609"}}}',
  ];
  const misses = [
    '{"id":"7","ids":{"pmid":"https://pubmed.ncbi.nlm.nih.gov/310"},"doi":null}',
    '{"id":"8","doi":"10.5555/a(b)c","s":"S43064206090"}',
  ];
  const found = await read(gzipSync([...hits, ...misses].join('\n')), { judge });
  expect(found.map((row) => (row as { id: string }).id)).toEqual(['1', '2', '3', '4', '5', '6']);
});

describe('manifests', () => {
  const legacy = path.join(recorded, 'openalex/snapshot-legacy/works-manifest.json');
  (existsSync(legacy) ? test : test.skip)('the recorded one of 2023: its parts, or the reason why not', () => {
    const text = readFileSync(legacy, 'utf8');
    const { parts, release } = readManifest(text, 'works', 'manifest');
    expect(release).toBeNull();
    expect(parts).toHaveLength(text.split('"url"').length - 1);
    expect(parts.reduce((sum, { records }) => sum + records, 0)).toBe(244_371_844);
    expect(parts[0]!.path).toBe(`/data/works/${parts[0]!.name}`);
  });

  const entry = {
    url: 's3://openalex/data/jsonl/works/updated_date=2026-05-01/part_0000.gz',
    meta: { content_length: 7, record_count: 2 },
  };
  const manifest = (change: object) =>
    JSON.stringify({ date: '2026-06-25', entity: 'works', record_count: 2, content_length: 7, files: [entry], ...change });

  test('that of 2026', () => {
    expect(readManifest(manifest({}), 'works', 'm')).toMatchObject({ release: '2026-06-25', parts: [{ bytes: 7, records: 2 }] });
  });

  test.each([
    ['sums that are not those of the parts', manifest({ record_count: 3 }), 'Expected 3 records as the manifest says, got 2'],
    ['parts of Parquet', manifest({ files: [{ ...entry, url: entry.url.replace('.gz', '.parquet') }] }), 'Parquet is not read'],
    [
      'a path that leaves the folder',
      manifest({ files: [{ ...entry, url: 's3://openalex/data/../works/part_0.gz' }] }),
      'Expected parts such as',
    ],
    ['another document', '{"results":[]}', 'Expected a manifest with files or entries'],
    ['a page', '<html>', 'which is no JSON'],
  ])('%s', (_, text, message) => {
    expect(() => readManifest(text, 'works', 'm')).toThrow(message);
  });
});

describe('works that are gone', () => {
  test('both lists are read, chains of merges followed to their end, circles too', () => {
    const merged = gzipSync('merge_date,id,merge_into_id\n2024-01-01,W1,W2\n2024-02-01,W2,W3\n2024-02-01,W8,W9\n2024-02-01,W9,W8\n');
    const gone = [
      ...readGone(merged, '2024.csv.gz'),
      ...readGone(Buffer.from('work_id,deleted_date\nhttps://openalex.org/W4,2026-01-01\n'), 'd.csv'),
    ];
    const ends = survivors(gone);
    expect([...ends].map(([work, { into }]) => [work, into])).toEqual([
      ['W1', 'W3'],
      ['W2', 'W3'],
      ['W8', 'W8'],
      ['W9', 'W9'],
      ['W4', null],
    ]);
  });

  test('a list of something else is refused with its line', () => {
    expect(() => readGone(Buffer.from('merge_date,id,merge_into_id\n2024-01-01,A1,A2\n'), 'authors.csv')).toThrow('(authors.csv:2)');
  });
});

describe('a synthetic snapshot', () => {
  const { holdings } = buildWorld({ seed: 3, scale: 'tiny' });
  const folder = mkdtempSync(path.join(os.tmpdir(), 'atlas-snapshot-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each(['2026', 'legacy'] as const)('%s: the same bytes each time, every work once, by the day of its last change', async (shape) => {
    const [one, other] = [snapshotFiles(holdings, shape), snapshotFiles(holdings, shape)];
    expect([...one]).toEqual([...other]);
    const at = path.join(folder, shape);
    writeSnapshot(holdings, shape, at);
    const snapshot = folderSnapshot(at);
    const { parts, release } = await manifestOf(snapshot, 'works');
    expect(release).toBe(shape === '2026' ? '2026-06-25' : null);
    const ids: string[] = [];
    for (const part of parts) {
      const local = await snapshot.local(part);
      for await (const rows of wantedRecords(openPart(local.path, part), everything)) {
        for (const row of rows as { id: string; updated_date: string }[]) {
          expect(part.name.startsWith(`updated_date=${row.updated_date.slice(0, 10)}/`)).toBe(true);
          ids.push(row.id);
        }
      }
    }
    const own = new Set(holdings.works.map(({ id }) => id));
    expect(ids.filter((id) => own.has(id)).sort()).toEqual([...own].sort());
    expect(new Set(ids).size).toBe(ids.length);
    // Five expansion works and two deleted ones beside them, which the API would not give.
    expect(ids.length - own.size).toBe(7);
    const gone = await goneWorks(snapshot);
    expect(gone.filter(({ into }) => into === null)).toHaveLength(2);
    expect(gone.filter(({ into }) => into !== null)).toHaveLength(holdings.merged.size);
  });

  test('a part of another length than the manifest says is refused before it is read', async () => {
    const { parts } = await manifestOf(folderSnapshot(path.join(folder, '2026')), 'works');
    await expect(folderSnapshot(path.join(folder, '2026')).local({ ...parts[0]!, bytes: 5 })).rejects.toThrow('where the manifest says 5');
    await expect(folderSnapshot(folder).local(parts[0]!)).rejects.toThrow('got no file');
    await expect(manifestOf(folderSnapshot(folder), 'works')).rejects.toThrow('Set ATLAS_OPENALEX_SNAPSHOT');
    expect(gunzipSync(snapshotFiles(holdings, '2026').get(parts[0]!.path)!).length).toBeGreaterThan(1000);
  });
});
