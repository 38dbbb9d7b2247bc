/** What the clients need of the outside: an archive of answers, a ledger of requests, a limiter per service. The store implements them. */

export type Service = 'openalex' | 'eutils' | 'bulk' | 'snapshot';

/** A request without host and secrets; the fetcher adds both when it sends. */
export interface AtlasRequest {
  service: Service;
  method: 'GET' | 'POST';
  /** Below the base address of the service, with a leading slash and already percent-encoded. */
  path: string;
  query?: Record<string, string>;
  form?: Record<string, string>;
  accept: 'json' | 'xml' | 'bytes';
  /** Ask the service even if the archive has an answer, and replace it. Not part of the canonical text. Ignored offline. */
  fresh?: boolean;
}

export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
  /** True if the answer came from the archive and nothing was sent. */
  cached: boolean;
  /** sha256 of the body, hex. */
  digest: string;
  /** sha256 of the canonical request text, hex. */
  requestDigest: string;
}

export interface Archived {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
  digest: string;
}

export interface ArchiveEntry extends Archived {
  requestDigest: string;
  service: Service;
  canonical: string;
}

/** Answers by request digest. One archive serves one vintage. */
export interface Archive {
  find(requestDigest: string): Promise<Archived | null>;
  /** Replaces what is there: a `fresh` request corrects an earlier answer. */
  save(entry: ArchiveEntry): Promise<void>;
}

export interface LedgerIntent {
  service: Service;
  canonical: string;
  requestDigest: string;
  cached: boolean;
  /** Credits it will cost by the price list; 0 for what is free or archived. */
  price: number;
}

export interface LedgerOutcome {
  /** 0 if no answer came. */
  status: number;
  /** Null if no answer told: the service may have charged its price. */
  credits: number | null;
  usd: number | null;
  bytes: number;
  rows: number | null;
  error: string | null;
}

/** One row for each request sent, retries and redirects included, written before it is sent and completed after. */
export interface Ledger {
  /** Rejects if a budget does not hold the price: then nothing is sent. */
  intent(entry: LedgerIntent): Promise<string>;
  complete(id: string, outcome: LedgerOutcome): Promise<void>;
}

/** Paces the requests of all workers to one service. */
export interface Limiter {
  wait(service: Service, signal?: AbortSignal): Promise<void>;
  /** Nobody sends to `service` for so long. */
  penalty(service: Service, milliseconds: number): Promise<void>;
}

export interface SavedFile {
  bytes: number;
  md5: string;
  sha256: string;
  /** True if the file was already there and nothing was sent. */
  cached: boolean;
}

export interface Fetcher {
  fetch(request: AtlasRequest, signal?: AbortSignal): Promise<Answer>;
  /** For bulk files: streams to `file`, which appears only when it is whole. */
  fetchToFile(request: AtlasRequest, file: string, signal?: AbortSignal): Promise<SavedFile>;
}

export interface Secrets {
  openalexKey?: string;
  ncbiKey?: string;
  contactEmail?: string;
}
