import { readPubmed } from '../../clients/pubmed/read';
import type { PubmedItem, PubmedRecord } from '../../clients/pubmed/record';

/** Wraps elements into a set as PubMed sends it. */
export function articleSet(...elements: string[]): string {
  return `<?xml version="1.0" ?>\n<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD" "x.dtd">\n<PubmedArticleSet>\n${elements.join('\n')}\n</PubmedArticleSet>\n`;
}

/** The smallest article with the given pieces in their places of the DTD. */
export function article(pieces: { pmid?: string; journal?: string; article?: string; info?: string; data?: string } = {}): string {
  const { pmid = '<PMID Version="1">1</PMID>', journal = '', article: inner = '', info = '', data = '' } = pieces;
  const citation = `${pmid}<Article><Journal>${journal}</Journal>${inner}</Article><MedlineJournalInfo>${info}</MedlineJournalInfo>`;
  return `<PubmedArticle><MedlineCitation>${citation}</MedlineCitation><PubmedData>${data}</PubmedData></PubmedArticle>`;
}

export async function readAll(source: Parameters<typeof readPubmed>[0] | string, file = 'test.xml'): Promise<PubmedItem[]> {
  const items: PubmedItem[] = [];
  for await (const item of readPubmed(typeof source === 'string' ? Buffer.from(source) : source, file)) items.push(item);
  return items;
}

/** The one record of a set that holds the one article. */
export async function readOne(pieces: Parameters<typeof article>[0]): Promise<PubmedRecord> {
  const [item, ...rest] = await readAll(articleSet(article(pieces)));
  if (item?.kind !== 'article' || rest.length > 0) throw new Error('expected one article');
  return item.record;
}

export async function* inChunks(bytes: Uint8Array, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const size = sizes[turn % sizes.length] ?? 1;
    yield bytes.subarray(at, at + size);
    at += size;
  }
}
