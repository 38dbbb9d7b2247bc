import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { bulkHost } from './bulk/host';
import { eutils } from './eutils/service';
import { json, type Answer, type Request } from './exchange';
import { FaultBox } from './faults/box';
import { deliver, send } from './faults/deliver';
import { forged } from './faults/forge';
import type { Fault } from './faults/kinds';
import { spoilt } from './faults/spoil';
import type { Holdings } from './holdings';
import { LedgerBook, type Entry, type Ledger, type Service } from './ledger';
import { openalex } from './openalex/route';
import { snapshotHost } from './snapshot/host';
import { switchesSchema, type Switches, type SwitchSettings } from './switches';

export interface SimulatorOptions {
  holdings: Holdings;
  /** 0 = any free port. */
  port?: number;
  switches?: SwitchSettings;
  /** Milliseconds since the epoch; the OpenAlex day turns at its UTC midnight. */
  now?: () => number;
}

export interface Simulator {
  port: number;
  urls: { address: string; openalex: string; eutils: string; bulk: string; snapshot: string };
  ledger: Ledger;
  /** Every request, in the order of arrival. */
  entries: readonly Entry[];
  faults: FaultBox;
  /** May be changed while the simulator runs. */
  switches: Switches;
  close(): Promise<void>;
}

const roots: [string, Service][] = [
  ['/openalex', 'openalex'],
  ['/entrez/eutils', 'eutils'],
  ['/pubmed', 'bulk'],
  ['/snapshot', 'snapshot'],
];

/** Serves a world on 127.0.0.1 as OpenAlex and its snapshot, E-utilities and the PubMed bulk host. */
export async function startSimulator({
  holdings,
  port = 0,
  switches: settings = {},
  now = Date.now,
}: SimulatorOptions): Promise<Simulator> {
  const desk = new Desk(holdings, switchesSchema.parse(settings), now);
  const server = createServer((incoming, response) => {
    desk.serve(incoming, response).catch((error: unknown) => {
      response.writeHead(500).end(String(error));
    });
  });
  server.keepAliveTimeout = 30_000;
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
  const bound = (server.address() as AddressInfo).port;
  const close = () =>
    new Promise<void>((resolve, reject) => {
      server.close((error) => (error ? reject(error) : resolve()));
      server.closeAllConnections();
    });
  return {
    port: bound,
    urls: urlsOf(bound),
    ledger: desk.book.ledger,
    entries: desk.book.entries,
    faults: desk.faults,
    switches: desk.switches,
    close,
  };
}

function urlsOf(port: number): Simulator['urls'] {
  const address = `127.0.0.1:${port}`;
  const at = (root: string) => `http://${address}${root}`;
  return { address, openalex: at('/openalex'), eutils: at('/entrez/eutils'), bulk: at('/pubmed'), snapshot: at('/snapshot') };
}

interface Priced {
  answer: Answer;
  credits: number;
}

const DAY_MS = 86_400_000;

/** Reads requests, hands them to the services, and spoils answers where a fault is armed. */
class Desk {
  readonly book = new LedgerBook();
  readonly faults = new FaultBox();
  readonly #now: () => number;
  readonly #openalex: ReturnType<typeof openalex>;
  readonly #eutils: ReturnType<typeof eutils>;
  readonly #bulk: ReturnType<typeof bulkHost>;
  readonly #snapshot: ReturnType<typeof snapshotHost>;

  constructor(
    holdings: Holdings,
    readonly switches: Switches,
    private readonly clock: () => number,
  ) {
    this.#now = () => clock() + this.switches.clockAheadMs;
    this.#openalex = openalex(holdings, switches, this.#now);
    this.#eutils = eutils(holdings, switches, this.#now);
    this.#bulk = bulkHost(holdings);
    this.#snapshot = snapshotHost(holdings, switches);
  }

  async serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const form = await bodyOf(incoming);
    const url = incoming.url ?? '/';
    const [root, service] = roots.find(([prefix]) => url === prefix || url.startsWith(`${prefix}/`) || url.startsWith(`${prefix}?`)) ?? [];
    if (root === undefined || service === undefined) return send(response, this.#control(url, form));
    const entry = this.book.open({ service, url, form }, this.clock());
    const fault = this.faults.take(form === '' ? url : `${url}?${form}`);
    if (fault?.kind === 'jump') this.switches.clockAheadMs += DAY_MS;
    const { answer, credits } = this.#answer(service, fault, requestOf(incoming, root, form));
    this.book.close(entry, { status: answer.status, credits, fault: fault?.kind ?? null });
    if (this.switches.latencyMs > 0) await setTimeout(this.switches.latencyMs);
    await deliver(response, answer, fault);
  }

  #answer(service: Service, fault: Fault | null, request: Request): Priced {
    const instead = fault ? forged(fault, { isOpenAlex: service === 'openalex', key: request.params.get('api_key') }) : null;
    if (instead) return { answer: instead, credits: 0 };
    const { answer, credits } = this.#truly(service, request);
    return { answer: fault ? spoilt(answer, fault, request.params.get('cursor')) : answer, credits };
  }

  #truly(service: Service, request: Request): Priced {
    if (service === 'openalex') return this.#openalex(request);
    const hosts = { eutils: this.#eutils, bulk: this.#bulk, snapshot: this.#snapshot };
    return { answer: hosts[service](request), credits: 0 };
  }

  #control(url: string, body: string): Answer {
    if (url === '/_ledger') return json(200, this.book.ledger);
    if (url === '/_requests') return json(200, this.book.entries);
    if (url === '/_storm') return this.#brew(body);
    if (url === '/_faults') return this.#arm(body);
    if (url === '/_switches') return this.#switch(body);
    return json(404, {
      error: `Expected a path below /openalex, /entrez/eutils, /pubmed or /snapshot, or /_faults, /_storm, /_ledger, /_requests, /_switches, got ${url}.`,
    });
  }

  /** An empty list disarms everything; without a body the waiting faults are told. */
  #arm(body: string): Answer {
    const given: unknown = body === '' ? null : JSON.parse(body);
    if (Array.isArray(given) && given.length === 0) this.faults.clear();
    else if (given !== null) this.faults.arm(given);
    return json(200, { waiting: this.faults.waiting });
  }

  #brew(body: string): Answer {
    this.faults.brew(JSON.parse(body));
    return json(200, {});
  }

  #switch(body: string): Answer {
    if (body !== '') Object.assign(this.switches, switchesSchema.parse({ ...this.switches, ...(JSON.parse(body) as object) }));
    return json(200, this.switches);
  }
}

async function bodyOf(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

function requestOf(incoming: IncomingMessage, root: string, body: string): Request {
  const url = incoming.url ?? '/';
  const mark = url.indexOf('?');
  const path = decodeURIComponent(url.slice(root.length, mark < 0 ? undefined : mark));
  const params = new URLSearchParams(mark < 0 ? '' : url.slice(mark + 1));
  for (const [name, value] of new URLSearchParams(body)) params.append(name, value);
  return { method: incoming.method ?? 'GET', path, url, params, headers: incoming.headers };
}
