import { sha256 } from '../http/canonical';
import { BadRequest } from '../http/errors';
import type { Fetcher } from '../http/ports';
import { joined, servedPmids, withoutRecords } from './served';

/** Records in one EFetch. */
export const MAX_FETCH_PMIDS = 200;

export interface FetchedRecords {
  /** A whole PubmedArticleSet of what was asked for and came, byte for byte as it came. */
  xml: Buffer;
  /** sha256 of `xml`. */
  digest: string;
  cached: boolean;
  /** Asked for, also singly, and not given: PubMed has no such record. */
  missing: number[];
  /** Given and not asked for; left out of `xml`. */
  foreign: number[];
}

interface FetchOptions {
  signal?: AbortSignal;
  fresh?: boolean;
}

/** What NCBI means when it refuses a list of ids of which none exists. */
const emptySet = Buffer.from('<?xml version="1.0" ?>\n<PubmedArticleSet></PubmedArticleSet>\n');

/** The XML of at most 200 records. Those that a batch leaves out are asked for singly, since a batch may lose some. @throws ServiceError */
export async function fetchRecords(fetcher: Fetcher, pmids: readonly number[], options: FetchOptions = {}): Promise<FetchedRecords> {
  const wanted = [...new Set(pmids)].sort((a, b) => a - b);
  requireBatch(wanted);
  const batch = await ask(fetcher, wanted, options);
  const missing = wanted.filter((pmid) => !batch.served.has(pmid));
  const foreign = [...batch.served].filter((pmid) => !wanted.includes(pmid));
  const sets = [withoutRecords(batch.xml, new Set(foreign))];
  let cached = batch.cached;
  const absent: number[] = [];
  for (const pmid of missing) {
    const first = wanted.length === 1 ? batch : await ask(fetcher, [pmid], options);
    // An answer of today that says no is heard twice, one of the archive once: a rebuild from the archive sends nothing.
    const single = first.served.has(pmid) || first.cached ? first : await ask(fetcher, [pmid], { ...options, fresh: true });
    cached &&= single.cached;
    if (single.served.has(pmid)) sets.push(single.xml);
    else absent.push(pmid);
  }
  const xml = sets.length === 1 ? sets[0]! : joined(sets, wanted);
  return { xml, digest: sha256(xml), cached, missing: absent, foreign };
}

async function ask(fetcher: Fetcher, pmids: readonly number[], { signal, fresh }: FetchOptions) {
  const form = { db: 'pubmed', retmode: 'xml', id: pmids.join(',') };
  const answer = await fetcher.fetch({ service: 'eutils', method: 'POST', path: '/efetch.fcgi', form, accept: 'xml', fresh }, signal);
  const xml = answer.status === 200 ? answer.body : emptySet;
  return { xml, cached: answer.cached, served: servedPmids(xml) };
}

function requireBatch(pmids: readonly number[]): void {
  const wrong = pmids.find((pmid) => !Number.isSafeInteger(pmid) || pmid < 1);
  if (wrong !== undefined)
    throw new BadRequest(`Expected PMIDs to be whole numbers from 1, got ${wrong} (EFetch). Check where the ids come from.`);
  if (pmids.length > 0 && pmids.length <= MAX_FETCH_PMIDS) return;
  throw new BadRequest(`Expected 1 to ${MAX_FETCH_PMIDS} PMIDs in one EFetch, got ${pmids.length}. Cut the list into batches.`);
}
