const record = /<(?:MedlineCitation|BookDocument)\b[^>]*>\s*<PMID\b[^>]*>(\d+)<\/PMID>/g;
const deletion = /<DeleteCitation>([^]*?)<\/DeleteCitation>/g;
const pmid = /<PMID\b[^>]*>(\d+)<\/PMID>/g;

/** The PMIDs an answer accounts for: of its articles, books and deletions, not those of references and comments. */
export function servedPmids(xml: Buffer): Set<number> {
  const text = xml.toString('latin1');
  const records = [...text.matchAll(record)].map((match) => Number(match[1]));
  const deleted = [...text.matchAll(deletion)].flatMap((block) => [...(block[1] ?? '').matchAll(pmid)].map((match) => Number(match[1])));
  return new Set([...records, ...deleted]);
}
