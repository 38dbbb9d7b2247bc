import type { Fetcher } from '../http/ports';
import { normaliseDoi } from './doi';
import { fields, type WorkKind } from './fields';
import { readWork, type WorkRecord } from './records';
import { type Refused, readRows } from './rows';

export type WorkKey = { pmid: number } | { doi: string } | { id: string };

export interface Single {
  /** One, or none if the work is unknown, deleted or merged without a trace (404). */
  works: WorkRecord[];
  refused: Refused[];
  /** Whether the work carries the key itself. A work of several PubMed records names only one of them. */
  agrees: boolean;
  /** Set if the id that was asked for now leads to another work. */
  renamed: { from: string; to: string } | null;
}

export interface SingleOptions {
  signal?: AbortSignal;
  /** Which fields; default those of `link`. */
  kind?: WorkKind;
  fresh?: boolean;
}

/** One work by PMID, DOI or OpenAlex id, with all its authors. Free. A 404 is an answer and archived like one. */
export async function workSingly(fetcher: Fetcher, key: WorkKey, { signal, kind = 'link', fresh }: SingleOptions = {}): Promise<Single> {
  const query = { select: fields[kind] };
  const answer = await fetcher.fetch(
    { service: 'openalex', method: 'GET', path: `/works/${pathOf(key)}`, query, accept: 'json', fresh },
    signal,
  );
  if (answer.status === 404) return { works: [], refused: [], agrees: false, renamed: null };
  const { rows, refused } = readRows([JSON.parse(answer.body.toString('utf8'))], (raw) => readWork(raw, 'single'));
  const work = rows[0];
  const renamed = work !== undefined && 'id' in key && work.id !== key.id ? { from: key.id, to: work.id } : null;
  return { works: rows, refused, agrees: work !== undefined && carries(work, key), renamed };
}

/** The short forms: a full address as id is not recognised as a single record and costs a credit. Slashes of a DOI stay. */
function pathOf(key: WorkKey): string {
  if ('pmid' in key) return `pmid:${key.pmid}`;
  if ('id' in key) return encodeURIComponent(key.id);
  return `doi:${key.doi.split('/').map(encodeURIComponent).join('/')}`;
}

function carries(work: WorkRecord, key: WorkKey): boolean {
  if ('pmid' in key) return work.pmid === key.pmid;
  return 'id' in key ? work.id === key.id : work.doi === normaliseDoi(key.doi);
}
