import { sha256 } from '../http/canonical';
import { BadRequest } from '../http/errors';
import type { Fetcher } from '../http/ports';
import { servedPmids } from './served';

/** Records in one EFetch. */
export const MAX_FETCH_PMIDS = 200;

export interface FetchedRecords {
  /** A whole PubmedArticleSet, as it came. */
  xml: Buffer;
  /** sha256 of `xml`. */
  digest: string;
  cached: boolean;
  /** Asked for and not in the answer: ask for them singly once, then record them as not served. */
  missing: number[];
  /** In the answer and not asked for. */
  foreign: number[];
}

/** What NCBI means when it refuses a list of ids of which none exists. */
const emptySet = Buffer.from('<?xml version="1.0" ?>\n<PubmedArticleSet></PubmedArticleSet>\n');

/** The XML of at most 200 records. Says which of them did not come. @throws ServiceError */
export async function fetchRecords(
  fetcher: Fetcher,
  pmids: readonly number[],
  options: { signal?: AbortSignal; fresh?: boolean } = {},
): Promise<FetchedRecords> {
  const wanted = [...new Set(pmids)].sort((a, b) => a - b);
  requireBatch(wanted);
  const form = { db: 'pubmed', retmode: 'xml', id: wanted.join(',') };
  const answer = await fetcher.fetch(
    { service: 'eutils', method: 'POST', path: '/efetch.fcgi', form, accept: 'xml', fresh: options.fresh },
    options.signal,
  );
  const xml = answer.status === 200 ? answer.body : emptySet;
  const served = servedPmids(xml);
  const missing = wanted.filter((pmid) => !served.has(pmid));
  const foreign = [...served].filter((pmid) => !wanted.includes(pmid));
  return { xml, digest: sha256(xml), cached: answer.cached, missing, foreign };
}

function requireBatch(pmids: readonly number[]): void {
  const wrong = pmids.find((pmid) => !Number.isSafeInteger(pmid) || pmid < 1);
  if (wrong !== undefined)
    throw new BadRequest(`Expected PMIDs to be whole numbers from 1, got ${wrong} (EFetch). Check where the ids come from.`);
  if (pmids.length > 0 && pmids.length <= MAX_FETCH_PMIDS) return;
  throw new BadRequest(`Expected 1 to ${MAX_FETCH_PMIDS} PMIDs in one EFetch, got ${pmids.length}. Cut the list into batches.`);
}
