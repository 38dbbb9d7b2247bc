/** One entry of an author list; `collective` is set for groups, the other names for persons. Names and affiliations stand as printed. */
export interface PubmedAuthor {
  last: string | null;
  fore: string | null;
  initials: string | null;
  collective: string | null;
  identifiers: { source: string; value: string }[];
  affiliations: string[];
}

/** Which element the year was taken from: `entrez` is the day PubMed took the record in. */
export type YearSource = 'pubdate' | 'medlinedate' | 'articledate' | 'entrez';

/** A PubMed article as the readers give it. Lists are in document order; what the file does not say is null or an empty list. */
export interface PubmedRecord {
  pmid: number;
  version: number;
  title: string | null;
  /** The parts joined by one line break; null without any. */
  abstract: string | null;
  abstractParts: string[];
  year: number | null;
  yearFrom: YearSource | null;
  journal: string | null;
  nlmUniqueId: string | null;
  /** NNNN-NNNX, the journal's own first, then the linking one. */
  issns: string[];
  /** Lower case, without resolver. */
  doi: string | null;
  publicationTypes: string[];
  language: string[];
  authors: PubmedAuthor[];
}

/** What stands in a PubmedArticleSet. Books are named only to be counted. */
export type PubmedItem =
  { kind: 'article'; record: PubmedRecord } | { kind: 'deleted'; pmids: number[] } | { kind: 'book'; pmid: number | null };
