import { knock } from '../clients/doors/knock';
import { Unauthorized, Unreachable } from '../clients/http/errors';
import { createFetcher } from '../clients/http/fetcher';
import { defaultPace, memoryArchive, memoryLimiter } from '../clients/http/memory';
import type { Ledger, Service } from '../clients/http/ports';
import type { Allowance } from '../clients/openalex/allowance';
import type { Settings } from '../config/settings';

const PATIENCE_MS = 10_000;

/** What stands behind a service's door. */
export interface Door {
  readonly service: Service;
  readonly address: string;
  /** Null when it is open: then `allowance` tells what may be spent, where that is known. */
  readonly trouble: string | null;
  readonly allowance: Allowance | null;
}

/** Knocks at services with the keys of the settings. Costs nothing; each request is in the ledger. */
export async function tryDoors(settings: Settings, services: readonly Service[], ledger: Ledger): Promise<Door[]> {
  const { openalexApiKey, ncbiApiKey } = settings.secrets;
  const fetcher = createFetcher({
    bases: settings.services,
    secrets: {
      openalexKey: openalexApiKey ?? undefined,
      ncbiKey: ncbiApiKey ?? undefined,
      contactEmail: settings.contactEmail ?? undefined,
    },
    archive: memoryArchive(),
    ledger,
    limiter: memoryLimiter(defaultPace(ncbiApiKey !== null)),
    limits: { connectMs: PATIENCE_MS, headersMs: PATIENCE_MS, bodyMs: PATIENCE_MS },
    userAgent: 'research-atlas',
  });
  const door = async (service: Service): Promise<Door> => {
    const address = settings.services[service];
    if (service === 'openalex' && openalexApiKey === null && isOfficial(address))
      return { service, address, trouble: NO_KEY, allowance: null };
    return knock(fetcher, service, openalexApiKey !== null).then(
      (allowance) => ({ service, address, trouble: null, allowance }),
      (error: Error) => ({ service, address, trouble: settings.redact(troubleOf(error, service, address)), allowance: null }),
    );
  };
  return Promise.all(services.map(door)).finally(() => fetcher.close());
}

const NO_KEY =
  'Expected an OpenAlex key, got none. OpenAlex refuses to page through lists without one: make a free key at openalex.org/settings/api (10,000 credits a day) and set OPENALEX_API_KEY in the environment or in .env; --offline rebuilds from what is archived.';

/** A copy of the service at an address of your own may do without a key. */
function isOfficial(address: string): boolean {
  return new URL(address).hostname === 'api.openalex.org';
}

/** Where each address is set. */
const VARIABLES: Readonly<Record<Service, string>> = {
  openalex: 'ATLAS_OPENALEX_URL',
  eutils: 'ATLAS_EUTILS_URL',
  bulk: 'ATLAS_BULK_URL',
  snapshot: 'ATLAS_OPENALEX_SNAPSHOT',
};

function troubleOf(error: Error, service: Service, address: string): string {
  if (error instanceof Unauthorized) return error.message;
  const got = error instanceof Unreachable && error.reason !== undefined ? error.reason : `"${error.message}"`;
  return `Expected ${service} to answer at ${address}, got ${got}. Check the network and the address (${VARIABLES[service]}); --offline rebuilds from what is archived.`;
}
