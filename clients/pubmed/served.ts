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

/** The records of all sets in one, in the order of `pmids`, as one whole answer has them. */
export function joined(sets: readonly Buffer[], pmids: readonly number[]): Buffer {
  const records = new Map(
    sets.flatMap((xml) => [...xml.toString('latin1').matchAll(whole)].map(([text]) => [ownPmid(text), text] as const)),
  );
  const ordered = pmids.flatMap((one) => records.get(one) ?? []);
  return Buffer.from(`<?xml version="1.0" ?>\n<PubmedArticleSet>\n${ordered.join('\n')}\n${closing}\n`, 'latin1');
}

function ownPmid(text: string): number {
  return [...text.matchAll(record)].map((match) => Number(match[1]))[0] ?? 0;
}
