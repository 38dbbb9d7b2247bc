import { gzipSync } from 'node:zlib';
import { bulkFile } from '../bulk/host';
import type { BulkFile } from '../holdings';
import type { BulkPlan } from './updates';

const head =
  '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE PubmedArticleSet SYSTEM "http://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_260101.dtd">\n<PubmedArticleSet>\n';

const name = (number: number) => `pubmed26n${String(number).padStart(4, '0')}.xml.gz`;

function file(number: number, records: string[], deletion = ''): BulkFile {
  const xml = `${head}  ${records.join('\n  ')}\n${deletion}</PubmedArticleSet>\n`;
  return bulkFile(name(number), gzipSync(xml, { level: 6 }));
}

/** The files of baseline and updates; the first update ends with the deletions. */
export function bulkFiles({ baseline, updates, revisions }: BulkPlan): { baseline: BulkFile[]; updatefiles: BulkFile[] } {
  const pmids = [...revisions.deleted, ...revisions.deletedUnknown].map((pmid) => `    <PMID Version="1">${pmid}</PMID>\n`);
  const deletion = `  <DeleteCitation>\n${pmids.join('')}  </DeleteCitation>\n`;
  return {
    baseline: baseline.map((records, index) => file(index + 1, records)),
    updatefiles: updates.map((records, index) => file(baseline.length + index + 1, records, index === 0 ? deletion : '')),
  };
}
