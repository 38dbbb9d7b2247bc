import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { bulkHost } from './bulk/host';
import { eutils } from './eutils/service';
import { json, type Answer, type Request } from './exchange';
import { FaultBox, forged, type Fault } from './faults';
import type { Holdings } from './holdings';
import { LedgerBook, type Ledger, type Service } from './ledger';
import { openalex } from './openalex/route';
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
  urls: { address: string; openalex: string; eutils: string; bulk: string };
  ledger: Ledger;
  faults: FaultBox;
  /** May be changed while the simulator runs. */
  switches: Switches;
  close(): Promise<void>;
}

const roots: [string, Service][] = [
  ['/openalex', 'openalex'],
  ['/entrez/eutils', 'eutils'],
  ['/pubmed', 'bulk'],
];

/** Serves a world on 127.0.0.1 as OpenAlex, E-utilities and the PubMed bulk host. */
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
  return { port: bound, urls: urlsOf(bound), ledger: desk.book.ledger, faults: desk.faults, switches: desk.switches, close };
}

function urlsOf(port: number): Simulator['urls'] {
  const address = `127.0.0.1:${port}`;
  return { address, openalex: `http://${address}/openalex`, eutils: `http://${address}/entrez/eutils`, bulk: `http://${address}/pubmed` };
}

/** Reads requests, hands them to the three services, and spoils answers where a fault is armed. */
class Desk {
  readonly book = new LedgerBook();
  readonly faults = new FaultBox();
  readonly #openalex: ReturnType<typeof openalex>;
  readonly #eutils: ReturnType<typeof eutils>;
  readonly #bulk: ReturnType<typeof bulkHost>;

  constructor(
    holdings: Holdings,
    readonly switches: Switches,
    readonly now: () => number,
  ) {
    this.#openalex = openalex(holdings, switches, now);
    this.#eutils = eutils(holdings, switches, now);
    this.#bulk = bulkHost(holdings);
  }

  async serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(incoming);
    const url = incoming.url ?? '/';
    const [root, service] = roots.find(([prefix]) => url === prefix || url.startsWith(`${prefix}/`) || url.startsWith(`${prefix}?`)) ?? [];
    if (root === undefined || service === undefined) return send(response, this.#control(url, body));
    this.book.open(service, url, this.now());
    const fault = this.faults.take(body === '' ? url : `${url}?${body}`);
    const { answer, credits } = this.#answer(service, fault, requestOf(incoming, root, body));
    this.book.close(service, answer.status, credits);
    await deliver(response, answer, fault);
  }

  #answer(service: Service, fault: Fault | null, request: Request): { answer: Answer; credits: number } {
    const instead = fault ? forged(fault) : null;
    if (instead) return { answer: instead, credits: 0 };
    if (service === 'openalex') return this.#openalex(request);
    return { answer: service === 'eutils' ? this.#eutils(request) : this.#bulk(request), credits: 0 };
  }

  #control(url: string, body: string): Answer {
    if (url === '/_ledger') return json(200, this.book.ledger);
    if (url === '/_faults') return this.#arm(body);
    if (url === '/_switches') return this.#switch(body);
    return json(404, {
      error: `Expected a path below /openalex, /entrez/eutils or /pubmed, or /_faults, /_ledger, /_switches, got ${url}.`,
    });
  }

  /** An empty list disarms everything; without a body the waiting faults are told. */
  #arm(body: string): Answer {
    const given: unknown = body === '' ? null : JSON.parse(body);
    if (Array.isArray(given) && given.length === 0) this.faults.clear();
    else if (given !== null) this.faults.arm(given);
    return json(200, { waiting: this.faults.waiting });
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

async function deliver(response: ServerResponse, answer: Answer, fault: Fault | null): Promise<void> {
  if (fault?.kind === 'reset') return void response.socket?.resetAndDestroy();
  if (fault?.kind === 'slow') await new Promise((resolve) => setTimeout(resolve, fault.delay));
  if (fault?.kind === 'truncate') return cutOff(response, answer);
  send(response, answer);
}

function send(response: ServerResponse, answer: Answer): void {
  response.writeHead(answer.status, { ...answer.headers, 'content-length': answer.body.length }).end(answer.body);
}

function cutOff(response: ServerResponse, answer: Answer): void {
  response.writeHead(answer.status, { ...answer.headers, 'content-length': answer.body.length });
  response.write(answer.body.subarray(0, answer.body.length >> 1), () => response.socket?.destroy());
}
