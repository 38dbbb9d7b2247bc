import { createHash } from 'node:crypto';
import type { AtlasRequest } from './ports';

/** Who asks does not change the answer, so these never enter a digest. */
const callerParameters = new Set(['api_key', 'api-key', 'email', 'mailto', 'tool']);

/** `parameters` sorted by name, percent-encoded, without key, email and tool. */
export function encodeParameters(parameters: Record<string, string> = {}): string {
  const entries = Object.entries(parameters).filter(([name]) => !callerParameters.has(name.toLowerCase()));
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return new URLSearchParams(entries).toString();
}

/** The request as one text that is equal on every machine: service, method, path, query, and the form on a second line. */
export function canonicalText(request: AtlasRequest): string {
  const query = encodeParameters(request.query);
  const form = encodeParameters(request.form);
  const address = query === '' ? request.path : `${request.path}?${query}`;
  const line = `${request.service} ${request.method} ${address}`;
  return form === '' ? line : `${line}\n${form}`;
}

/** sha256 of a text or of bytes, hex. */
export function sha256(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

const SHOWN_CHARACTERS = 160;

/** The canonical text on one line, short enough for an error message. */
export function shortText(request: AtlasRequest): string {
  const text = canonicalText(request).replace('\n', ' ');
  return text.length <= SHOWN_CHARACTERS ? text : `${text.slice(0, SHOWN_CHARACTERS)}…`;
}
