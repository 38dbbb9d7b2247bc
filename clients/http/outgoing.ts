import { encodeParameters, shortText } from './canonical';
import { BadRequest } from './errors';
import type { AtlasRequest, Secrets } from './ports';

/** OpenAlex cuts request lines at 8,190 bytes by its code and at 4,094 by its documentation; below both is safe. */
export const MAX_OPENALEX_ADDRESS_BYTES = 4_000;

const NCBI_TOOL = 'research-atlas';
const mediaTypes = { json: 'application/json', xml: 'application/xml, text/xml', bytes: '*/*' };

/** A request as it goes over the wire: with host and secrets. Never logged. */
export interface Outgoing {
  method: 'GET' | 'POST';
  url: string;
  headers: Record<string, string>;
  body: string | undefined;
}

export interface Sender {
  base: string;
  secrets: Secrets;
  userAgent: string;
}

/** Adds host, key and sender. @throws BadRequest if an OpenAlex address is too long. */
export function outgoing(request: AtlasRequest, sender: Sender): Outgoing {
  const caller = callerParameters(request, sender.secrets);
  const inForm = request.method === 'POST';
  const query = joined(encodeParameters(request.query), inForm ? '' : caller);
  const address = query === '' ? request.path : `${request.path}?${query}`;
  requireShort(request, address);
  return {
    method: request.method,
    url: sender.base.replace(/\/+$/, '') + address,
    headers: headersOf(request, sender),
    body: inForm ? joined(encodeParameters(request.form), caller) : undefined,
  };
}

function headersOf({ service, method, accept }: AtlasRequest, { secrets, userAgent }: Sender): Record<string, string> {
  const contact = secrets.contactEmail?.trim();
  const headers: Record<string, string> = {
    'user-agent': contact ? `${userAgent} (mailto:${contact})` : userAgent,
    accept: mediaTypes[accept],
  };
  if (accept !== 'bytes') headers['accept-encoding'] = 'gzip';
  if (method === 'POST') headers['content-type'] = 'application/x-www-form-urlencoded';
  const key = secrets.openalexKey?.trim();
  if (service === 'openalex' && key) headers.authorization = `Bearer ${key}`;
  return headers;
}

/** NCBI wants to know who calls. A blank key is left out: it would be refused rather than ignored. */
function callerParameters({ service }: AtlasRequest, { ncbiKey, contactEmail }: Secrets): string {
  if (service !== 'eutils') return '';
  const parameters = { tool: NCBI_TOOL, email: contactEmail?.trim() ?? '', api_key: ncbiKey?.trim() ?? '' };
  return new URLSearchParams(Object.entries(parameters).filter(([, value]) => value !== '')).toString();
}

function joined(...parts: string[]): string {
  return parts.filter((part) => part !== '').join('&');
}

function requireShort(request: AtlasRequest, address: string): void {
  const bytes = Buffer.byteLength(address);
  if (request.service !== 'openalex' || bytes <= MAX_OPENALEX_ADDRESS_BYTES) return;
  throw new BadRequest(
    `Expected an OpenAlex address of at most ${MAX_OPENALEX_ADDRESS_BYTES} bytes, got ${bytes} (${shortText(request)}). Cut the id list into smaller batches.`,
  );
}
