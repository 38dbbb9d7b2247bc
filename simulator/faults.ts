import { z } from 'zod';
import { answer, html, json, xml, type Answer } from './exchange';

/** What `POST /_faults` takes: an object or a list of them. */
export const faultSchema = z.strictObject({
  /** Regular expression over path and query (and, for a form, `?` and its body). */
  path: z.string().default('.'),
  /** Answer with this status instead; with `body` and `headers`, any answer can be forged. */
  status: z.number().int().min(100).max(599).optional(),
  body: z.string().optional(),
  headers: z.record(z.string(), z.string()).optional(),
  /** How the true answer is spoilt. `reset` before any byte, `truncate` after half of them. */
  kind: z.enum(['reset', 'truncate', 'html200', 'json200', 'error200', 'proxy400', 'empty200', 'slow']).optional(),
  /** Delay of `slow`, in milliseconds. */
  delay: z.number().int().positive().default(2000),
  /** Matching requests to let pass first. */
  skip: z.number().int().nonnegative().default(0),
  times: z.number().int().positive().default(1),
});

export type Fault = z.infer<typeof faultSchema>;

/** Faults waiting for a request, first armed first served. */
export class FaultBox {
  #armed: Fault[] = [];

  /** Takes one fault or a list of them. */
  arm(settings: unknown): void {
    this.#armed.push(...z.array(faultSchema).parse([settings].flat()));
  }

  clear(): void {
    this.#armed = [];
  }

  get waiting(): readonly Fault[] {
    return this.#armed;
  }

  /** The fault that hits this request, if one does; it is used up once. */
  take(target: string): Fault | null {
    const fault = this.#armed.find((one) => new RegExp(one.path).test(target));
    if (!fault) return null;
    if (fault.skip > 0) {
      fault.skip -= 1;
      return null;
    }
    fault.times -= 1;
    if (fault.times === 0) this.#armed.splice(this.#armed.indexOf(fault), 1);
    return fault;
  }
}

const proxyError = `<?xml version="1.0" encoding="UTF-8" ?>
<!DOCTYPE eEfetchResult PUBLIC "-//NLM//DTD efetch 20131226//EN" "https://eutils.ncbi.nlm.nih.gov/eutils/dtd/20131226/efetch.dtd">
<eFetchResult>
\t<ERROR>Error: CEFetchPApplication::proxy_stream(): Failed to connect to PubOne service. Try again later.</ERROR>
</eFetchResult>
`;

const rateJson = { error: 'API rate limit exceeded', 'api-key': '127.0.0.1', count: '5', limit: '3' };

/** The forged answer of a fault, or null if it only delays or cuts the true one. */
export function forged(fault: Fault): Answer | null {
  if (fault.status !== undefined) return withStatus(fault, fault.status);
  switch (fault.kind) {
    case 'html200':
      return html(200, '<!DOCTYPE html><html><head><title>Sorry</title></head><body><h1>We will be back shortly</h1></body></html>');
    case 'json200':
      return json(200, rateJson);
    case 'error200':
      return xml(200, proxyError);
    case 'proxy400':
      return xml(400, proxyError);
    case 'empty200':
      return xml(200, '');
    default:
      return null;
  }
}

function withStatus(fault: Fault, status: number): Answer {
  const headers: Record<string, string> = status === 429 ? { 'retry-after': '1' } : {};
  const page = `<html><head><title>${status}</title></head><body>${status}</body></html>`;
  if (fault.body === undefined && status === 429) return json(429, rateJson, { ...headers, ...fault.headers });
  const type = fault.body?.startsWith('{') ? 'application/json' : 'text/html';
  return answer(status, type, fault.body ?? page, { ...headers, ...fault.headers });
}
