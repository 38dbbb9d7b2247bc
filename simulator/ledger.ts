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

export type Service = 'openalex' | 'eutils' | 'bulk';
export type Ledger = Record<Service, ServiceLedger>;

const second = 1000;
const empty = (): ServiceLedger => ({ requests: 0, refused: 0, credits: 0, maxPerSecond: 0, keyInUrl: 0 });

/** Counts requests per service; `now` is in milliseconds. */
export class LedgerBook {
  readonly ledger: Ledger = { openalex: empty(), eutils: empty(), bulk: empty() };
  readonly #starts: Record<Service, number[]> = { openalex: [], eutils: [], bulk: [] };

  open(service: Service, url: string, now: number): void {
    const entry = this.ledger[service];
    const recent = this.#starts[service].filter((start) => start > now - second);
    recent.push(now);
    this.#starts[service] = recent;
    entry.requests += 1;
    entry.maxPerSecond = Math.max(entry.maxPerSecond, recent.length);
    if (/[?&]api[_-]key=/i.test(url)) entry.keyInUrl += 1;
  }

  close(service: Service, status: number, credits: number): void {
    if (status >= 400) this.ledger[service].refused += 1;
    this.ledger[service].credits += credits;
  }
}
