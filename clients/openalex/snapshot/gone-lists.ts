import { readGone, survivors, type GoneWork } from './gone';
import type { SnapshotSource } from './source';

const DELETED = ['/data/jsonl/works/deleted_ids.csv', '/data/works/deleted_ids.csv'];
const MERGED = '/data/merged_ids/works/';

interface Wanted {
  signal?: AbortSignal;
  progress?: (note: string) => void;
}

/** All works that are gone, each once with the end of its chain of merges; of two entries of one work the later stays. */
export async function goneWorks(snapshot: SnapshotSource, { signal, progress }: Wanted = {}): Promise<GoneWork[]> {
  const found = new Map<string, GoneWork>();
  for (const path of [...(await mergedLists(snapshot, signal)), ...DELETED]) {
    const bytes = await snapshot.read(path, signal);
    if (bytes === null) continue;
    for (const one of readGone(bytes, path)) {
      const known = found.get(one.work);
      if (known === undefined || known.date <= one.date) found.set(one.work, one);
    }
    progress?.(`${found.size} works are gone`);
  }
  return [...survivors([...found.values()]).values()];
}

/** The names of the lists are dates. A folder is listed; a bucket says its content in pages of 1,000 names. */
async function mergedLists(snapshot: SnapshotSource, signal?: AbortSignal): Promise<string[]> {
  const names = await snapshot.list(MERGED, signal);
  return names.filter((name) => /\/\d{4}-\d{2}-\d{2}\.csv(\.gz)?$/.test(name)).sort();
}
