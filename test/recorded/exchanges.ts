import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { recorded } from './recorded-data';

const cassette = z.object({
  http_interactions: z.array(
    z.object({
      request: z.object({ uri: z.string() }),
      response: z.object({ status: z.number(), headers: z.record(z.string(), z.string()), body: z.object({ string: z.string() }) }),
    }),
  ),
});
const TYPES: Readonly<Record<number, string>> = { 400: 'BadRequest', 401: 'Unauthorized' };
/** Of the wire that recorded them, and of no meaning on another. */
const WIRE = ['content-length', 'content-encoding', 'transfer-encoding', 'connection'];

/** The recorded requests to OpenAlex with their answers. */
export function exchanges() {
  const folder = path.join(recorded, 'openalex', 'cassettes');
  return readdirSync(folder).flatMap((name) =>
    cassette.parse(parse(readFileSync(path.join(folder, name), 'utf8'))).http_interactions.map(({ request, response }, number) => ({
      name,
      number,
      uri: request.uri,
      status: response.status,
      headers: Object.fromEntries(Object.entries(response.headers).filter(([header]) => !WIRE.includes(header.toLowerCase()))),
      body: response.body.string,
      type: TYPES[response.status] ?? null,
    })),
  );
}
