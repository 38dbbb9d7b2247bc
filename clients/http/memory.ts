import { type Clock, systemClock } from './clock';
import type { Archive, Archived, Ledger, LedgerIntent, LedgerOutcome, Limiter, Service } from './ports';

/** An archive that lives as long as the process. */
export function memoryArchive(): Archive & { entries: Map<string, Archived> } {
  const entries = new Map<string, Archived>();
  return {
    entries,
    find: async (requestDigest) => entries.get(requestDigest) ?? null,
    save: async ({ requestDigest, status, headers, body, digest }) => {
      entries.set(requestDigest, { status, headers, body, digest });
    },
  };
}

export type LedgerRow = LedgerIntent & { outcome: LedgerOutcome | null };

/** A ledger that can be read back. */
export function memoryLedger(): Ledger & { rows: LedgerRow[] } {
  const rows: LedgerRow[] = [];
  return {
    rows,
    intent: async (entry) => {
      rows.push({ ...entry, outcome: null });
      return String(rows.length - 1);
    },
    complete: async (id, outcome) => {
      const row = rows[Number(id)];
      if (row === undefined) throw new Error(`Expected the id of a ledger row, got ${id} (memory ledger). Call intent first.`);
      row.outcome = outcome;
    },
  };
}

/** Requests per second, below what the services allow: OpenAlex 30 with a free key, NCBI 3 without and 10 with a key. */
export function defaultPace(hasNcbiKey: boolean): Record<Service, number> {
  return { openalex: 8, eutils: hasNcbiKey ? 9 : 2.5, bulk: 4, snapshot: 4 };
}

/** Spaces the requests of this process evenly. */
export function memoryLimiter(perSecond: Record<Service, number>, clock: Clock = systemClock): Limiter {
  const nextAt: Record<Service, number> = { openalex: 0, eutils: 0, bulk: 0, snapshot: 0 };
  return {
    async wait(service, signal) {
      const now = clock.now();
      const turn = Math.max(nextAt[service], now);
      nextAt[service] = turn + 1000 / perSecond[service];
      if (turn > now) await clock.sleep(turn - now, signal);
    },
    async penalty(service, milliseconds) {
      nextAt[service] = Math.max(nextAt[service], clock.now() + milliseconds);
    },
  };
}
