/** What one service was asked: tests assert on it. */
export interface ServiceLedger {
  requests: number;
  /** Answers with status 400 and above, faults included. */
  refused: number;
  /** OpenAlex credits charged; 0 elsewhere. */
  credits: number;
  /** Most requests that began within any 1,000 ms. */
  maxPerSecond: number;
  /** Requests that carried an API key in their URL, where logs and caches would keep it. */
  keyInUrl: number;
}

export type Service = 'openalex' | 'eutils' | 'bulk' | 'snapshot';
export type Ledger = Record<Service, ServiceLedger>;

/** One request in the order of arrival. */
export interface Entry {
  service: Service;
  /** Path and query below the simulator's root, and the form, as they came. */
  url: string;
  form: string;
  /** Milliseconds since 1970, by the clock the simulator was given, without its jumps. */
  at: number;
  /** Of the answer as it was made; what became of it on the wire is another matter. */
  status: number;
  credits: number;
  /** The kind of fault that hit it. */
  fault: string | null;
}

const second = 1000;
const empty = (): ServiceLedger => ({ requests: 0, refused: 0, credits: 0, maxPerSecond: 0, keyInUrl: 0 });

/** Counts requests per service and keeps each; `at` is in milliseconds. */
export class LedgerBook {
  readonly ledger: Ledger = { openalex: empty(), eutils: empty(), bulk: empty(), snapshot: empty() };
  readonly entries: Entry[] = [];
  readonly #starts: Record<Service, number[]> = { openalex: [], eutils: [], bulk: [], snapshot: [] };

  open({ service, url, form }: Pick<Entry, 'service' | 'url' | 'form'>, at: number): Entry {
    const ledger = this.ledger[service];
    const recent = this.#starts[service].filter((start) => start > at - second);
    recent.push(at);
    this.#starts[service] = recent;
    ledger.requests += 1;
    ledger.maxPerSecond = Math.max(ledger.maxPerSecond, recent.length);
    if (/[?&]api[_-]key=/i.test(url)) ledger.keyInUrl += 1;
    const entry: Entry = { service, url, form, at, status: 0, credits: 0, fault: null };
    this.entries.push(entry);
    return entry;
  }

  close(entry: Entry, { status, credits, fault }: Pick<Entry, 'status' | 'credits' | 'fault'>): void {
    Object.assign(entry, { status, credits, fault });
    if (status >= 400) this.ledger[entry.service].refused += 1;
    this.ledger[entry.service].credits += credits;
  }
}
