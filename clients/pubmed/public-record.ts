import type { PubmedAuthor, PubmedItem } from './record';

/** One line of `atlas try pubmed`: the JSON of the public interface, keys in its order. */
export type PublicRecord =
  | {
      pmid: number;
      version: number;
      title: string | null;
      abstract: string | null;
      year: number | null;
      journal: string | null;
      issns: string[];
      doi: string | null;
      publicationTypes: string[];
      language: string[];
      authors: PubmedAuthor[];
    }
  | { deleted: number[] };

/** What `atlas try pubmed` prints for an item; null for a book, which gives no record and is only counted. */
export function toPublicRecord(item: PubmedItem): PublicRecord | null {
  if (item.kind === 'book') return null;
  if (item.kind === 'deleted') return { deleted: item.pmids };
  const { pmid, version, title, abstract, year, journal, issns, doi, publicationTypes, language, authors } = item.record;
  return { pmid, version, title, abstract, year, journal, issns, doi, publicationTypes, language, authors };
}
