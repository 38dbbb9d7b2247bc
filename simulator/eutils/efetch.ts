import { Refusal, xml, type Answer } from '../exchange';
import { escaped } from '../markup';
import { stored, type Eutils } from './history';
import { pastCap } from './wording';

const head =
  '<?xml version="1.0" ?>\n<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2025//EN" "https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd">\n<PubmedArticleSet>\n';

const errorHead =
  '<?xml version="1.0" encoding="UTF-8" ?>\n<!DOCTYPE eEfetchResult PUBLIC "-//NLM//DTD efetch 20131226//EN" "https://eutils.ncbi.nlm.nih.gov/eutils/dtd/20131226/efetch.dtd">\n';

const largestBatch = 10_000;

const failure = (status: number, message: string) =>
  new Refusal(xml(status, `${errorHead}<eFetchResult>\n\t<ERROR>${escaped(message)}</ERROR>\n</eFetchResult>\n`));

/** Answers efetch.fcgi: the records in the order asked, unknown ids left out without a word (source-apis, 7.2). */
export function efetch(service: Eutils, params: URLSearchParams): Answer {
  if ((params.get('db') ?? '') !== 'pubmed') throw failure(400, 'Error: Invalid or unsupported db');
  if (params.has('rettype') && !['xml', 'full', 'abstract', ''].includes(params.get('rettype') ?? '')) return xml(200, '');
  if ((params.get('retmode') ?? 'xml') !== 'xml') return xml(200, '');
  const ids = params.has('id') ? listed(params.getAll('id').join(',')) : fromHistory(service, params);
  const records = ids.flatMap((id) => service.corpus.xml(id) ?? []);
  return xml(200, head + records.map((record) => `${record}\n`).join('') + '</PubmedArticleSet>');
}

function listed(ids: string): number[] {
  const valid = ids.split(',').filter((id) => /^\s*\d+\s*$/.test(id));
  if (valid.length === 0) throw failure(400, 'ID list is empty! Possibly it has no correct IDs.');
  return valid.slice(0, largestBatch).map(Number);
}

function fromHistory(service: Eutils, params: URLSearchParams): number[] {
  const hits = stored(service, params);
  if (hits === null) throw failure(200, 'Unable to obtain query #1');
  const start = Number(params.get('retstart') ?? 0);
  const cap = service.switches.searchCap;
  if (start >= cap) throw failure(400, pastCap(cap));
  return hits.slice(start, Math.min(start + Math.min(Number(params.get('retmax') ?? 20), largestBatch), cap));
}
