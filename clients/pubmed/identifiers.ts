import { childrenOf, first, textOf, textsOf, type XmlElement } from './element';

const MOST = 2_147_483_647;

/** The PMID in an element's first PMID child; null if there is none or it is not a positive whole number. */
export function readPmid(element: XmlElement | undefined): { pmid: number; version: number } | null {
  const found = first(element, 'PMID');
  const text = textOf(found) ?? '';
  // Beyond what an integer holds it is no PMID: they have eight digits today.
  if (!/^0*[1-9]\d{0,9}$/.test(text) || Number(text) > MOST) return null;
  const version = found?.attributes.get('Version') ?? '';
  return { pmid: Number(text), version: /^\d{1,4}$/.test(version) ? Number(version) : 1 };
}

/** The journal's ISSNs as NNNN-NNNX, each once: the medium's own, then the linking one. What has not that form is no ISSN and is left out. */
export function readIssns(citation: XmlElement | undefined): string[] {
  const own = childrenOf(first(citation, 'Article', 'Journal'), 'ISSN');
  const linking = childrenOf(first(citation, 'MedlineJournalInfo'), 'ISSNLinking');
  return [...new Set(textsOf([...own, ...linking]).flatMap(normaliseIssn))];
}

function normaliseIssn(text: string): string[] {
  const digits = text.replace(/[^0-9a-z]/gi, '').toUpperCase();
  return /^\d{7}[\dX]$/.test(digits) ? [`${digits.slice(0, 4)}-${digits.slice(4)}`] : [];
}

/** The article's own DOI in lower case: a valid ELocationID, else the ArticleId beside the PMID (reference lists hold foreign ones). */
export function readDoi(pubmedArticle: XmlElement): string | null {
  const locations = childrenOf(first(pubmedArticle, 'MedlineCitation', 'Article'), 'ELocationID');
  const valid = locations.filter(({ attributes }) => attributes.get('EIdType') === 'doi' && attributes.get('ValidYN') !== 'N');
  const ids = childrenOf(first(pubmedArticle, 'PubmedData', 'ArticleIdList'), 'ArticleId');
  const own = ids.filter(({ attributes }) => attributes.get('IdType') === 'doi');
  return (
    textsOf([...valid, ...own])
      .map(normaliseDoi)
      .find((doi) => doi !== '') ?? null
  );
}

function normaliseDoi(text: string): string {
  return text.toLowerCase().replace(/^(?:https?:\/\/(?:dx\.)?doi\.org\/|doi:\s*)/, '');
}
