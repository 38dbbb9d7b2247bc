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

const closing = '</PubmedArticleSet>';
const whole = /<(PubmedArticle|PubmedBookArticle)\b[^>]*>[^]*?<\/\1>/g;

/** The set without the records of these PMIDs; every other byte stays. */
export function withoutRecords(xml: Buffer, pmids: ReadonlySet<number>): Buffer {
  if (pmids.size === 0) return xml;
  const kept = xml.toString('latin1').replace(whole, (text) => (pmids.has(ownPmid(text)) ? '' : text));
  return Buffer.from(kept, 'latin1');
}

/** The records of both sets in one. */
export function joined(xml: Buffer, more: Buffer): Buffer {
  const records = [...more.toString('latin1').matchAll(whole)].map(([text]) => `${text}\n`).join('');
  const opened = xml.toString('latin1').replace(/<PubmedArticleSet([^>]*)\/>/, '<PubmedArticleSet$1></PubmedArticleSet>');
  const end = opened.lastIndexOf(closing);
  return Buffer.from(opened.slice(0, end) + records + opened.slice(end), 'latin1');
}

function ownPmid(text: string): number {
  return [...text.matchAll(record)].map((match) => Number(match[1]))[0] ?? 0;
}
