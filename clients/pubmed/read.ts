import { readArticle } from './article';
import { elementsOfSet } from './article-set';
import { ByteWindow } from './byte-window';
import { childrenOf, first, textOf, type XmlElement } from './element';
import { readPmid } from './identifiers';
import { plainBytes } from './plain-bytes';
import type { PubmedItem } from './record';

export { PubmedFileError } from './file-error';

/**
 * Reads PubMed XML (an efetch answer, a bulk file, an export; gzipped or not) into its items, in document order and not deduplicated.
 * Memory stays bounded by the longest record. Source: `text-rules.md` of the design, "A PubMed record".
 *
 * Items come while the file is still being read, so a file that is cut off or glued throws PubmedFileError only behind its last good
 * record: keep nothing of a file unless the generator finishes.
 *
 * @param file the name that errors call it by
 */
export async function* readPubmed(source: AsyncIterable<Uint8Array> | Uint8Array, file: string): AsyncGenerator<PubmedItem> {
  const window = new ByteWindow(plainBytes(source, file), file);
  try {
    for await (const element of elementsOfSet(window)) yield readItem(element, window);
  } finally {
    await window.close();
  }
}

function readItem(element: XmlElement, window: ByteWindow): PubmedItem {
  if (element.name === 'DeleteCitation') return { kind: 'deleted', pmids: readDeleted(element, window) };
  if (element.name === 'PubmedBookArticle') return { kind: 'book', pmid: readPmid(first(element, 'BookDocument'))?.pmid ?? null };
  const record = readArticle(element);
  if (record === null) throw window.refuse({ what: 'a PubmedArticle without a PMID', offset: 0 });
  return { kind: 'article', record };
}

function readDeleted(element: XmlElement, window: ByteWindow): number[] {
  return childrenOf(element, 'PMID').map((child) => {
    const text = textOf(child) ?? '';
    if (!/^[1-9]\d{0,14}$/.test(text)) throw window.refuse({ what: `the deleted PMID ${JSON.stringify(text.slice(0, 40))}`, offset: 0 });
    return Number(text);
  });
}
