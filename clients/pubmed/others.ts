import { childrenOf, first, textOf, type XmlElement } from './element';
import { readPmid } from './identifiers';
import type { PubmedItem } from './record';

/** Reads a member of a set that is no article. `wrong` makes the error for a PMID that is none. */
export function readOther(element: XmlElement, wrong: (what: string) => Error): Exclude<PubmedItem, { kind: 'article' }> {
  if (element.name === 'DeleteCitation') return { kind: 'deleted', pmids: readDeleted(element, wrong) };
  return { kind: 'book', pmid: readPmid(first(element, 'BookDocument'))?.pmid ?? null };
}

function readDeleted(element: XmlElement, wrong: (what: string) => Error): number[] {
  return childrenOf(element, 'PMID').map((child) => {
    const text = textOf(child) ?? '';
    if (!/^[1-9]\d{0,14}$/.test(text)) throw wrong(`the deleted PMID ${JSON.stringify(text.slice(0, 40))}`);
    return Number(text);
  });
}
