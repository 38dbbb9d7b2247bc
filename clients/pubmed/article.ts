import { readAuthors } from './authors';
import { readYear } from './dates';
import { childrenOf, first, textOf, textsOf, type XmlElement } from './element';
import { readDoi, readIssns, readPmid } from './identifiers';
import type { PubmedRecord } from './record';

/** Reads a PubmedArticle element of any DTD year; null if it has no PMID. Comments on and references to other articles are not looked at. */
export function readArticle(element: XmlElement): PubmedRecord | null {
  const citation = first(element, 'MedlineCitation');
  const article = first(citation, 'Article');
  const id = readPmid(citation);
  if (id === null) return null;
  const abstractParts = textsOf(childrenOf(first(article, 'Abstract'), 'AbstractText'));
  return {
    ...id,
    title: textOf(first(article, 'ArticleTitle')),
    abstract: abstractParts.join('\n') || null,
    abstractParts,
    ...readYear(element),
    journal: textOf(first(article, 'Journal', 'Title')),
    nlmUniqueId: textOf(first(citation, 'MedlineJournalInfo', 'NlmUniqueID')),
    issns: readIssns(citation),
    doi: readDoi(element),
    publicationTypes: textsOf(childrenOf(first(article, 'PublicationTypeList'), 'PublicationType')),
    language: textsOf(childrenOf(article, 'Language')),
    authors: readAuthors(article),
  };
}
