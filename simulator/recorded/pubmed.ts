import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { bulkFile } from '../bulk/host';
import type { BulkFile, PubmedHolding } from '../holdings';

/** The records of recorded efetch answers, cut out byte for byte; the first of two with one PMID stays. */
export function recordedPubmed(fixtures: string): PubmedHolding[] {
  const folder = path.join(fixtures, 'pubmed', 'efetch');
  const found = new Map<number, PubmedHolding>();
  for (const name of readdirSync(folder).sort()) {
    for (const record of recordsOf(readFileSync(path.join(folder, name), 'utf8')))
      if (!found.has(record.pmid)) found.set(record.pmid, record);
  }
  return [...found.values()];
}

/** Cuts a PubmedArticleSet into its records; the first PMID of each is its own. */
export function recordsOf(set: string): PubmedHolding[] {
  return [...set.matchAll(/<(PubmedArticle|PubmedBookArticle)>.*?<\/\1>/gs)].flatMap(([xml]) => {
    const pmid = /<PMID[^>]*>(\d+)<\/PMID>/.exec(xml)?.[1];
    return pmid === undefined ? [] : [{ pmid: Number(pmid), xml }];
  });
}

const updates = /^pubmed26n1335/;

/** Recorded bulk files; only the one numbered after the baseline is an update. */
export function recordedBulk(fixtures: string): { baseline: BulkFile[]; updatefiles: BulkFile[] } {
  const folder = path.join(fixtures, 'pubmed', 'bulk');
  const names = readdirSync(folder).filter((name) => name.endsWith('.xml.gz'));
  const files = names.sort().map((name) => recordedFile(path.join(folder, name)));
  return { baseline: files.filter(({ name }) => !updates.test(name)), updatefiles: files.filter(({ name }) => updates.test(name)) };
}

function recordedFile(file: string): BulkFile {
  const computed = bulkFile(path.basename(file), readFileSync(file));
  return existsSync(`${file}.md5`) ? { ...computed, md5: readFileSync(`${file}.md5`, 'utf8') } : computed;
}
