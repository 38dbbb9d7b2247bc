import { readArticle } from './article';
import { elementsOfSet } from './article-set';
import { ByteWindow } from './byte-window';
import type { XmlElement } from './element';
import { readOther } from './others';
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
  if (element.name !== 'PubmedArticle') return readOther(element, (what) => window.refuse({ what, offset: 0 }));
  const record = readArticle(element);
  if (record === null) throw window.refuse({ what: 'a PubmedArticle without a PMID', offset: 0 });
  return { kind: 'article', record };
}
