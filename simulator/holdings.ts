/** Any JSON value as a service would send it. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** One OpenAlex object (work or source) as served; `id` is its full URL. */
export interface Row {
  id: string;
  [key: string]: Json;
}

/** One PubMed record for the E-utilities: its raw element, served byte for byte. */
export interface PubmedHolding {
  pmid: number;
  xml: string;
}

/** One file of the bulk host, gzip bytes and all. */
export interface BulkFile {
  name: string;
  bytes: Buffer;
  /** The content of the `.md5` beside it. */
  md5: string;
}

/** What a world hands to the three services. Whatever is not in here does not exist. */
export interface Holdings {
  world: string;
  works: Row[];
  sources: Row[];
  /** Old work id → surviving work id, both in short form (`W…`). */
  merged: Map<string, string>;
  pubmed: PubmedHolding[];
  baseline: BulkFile[];
  updatefiles: BulkFile[];
}
