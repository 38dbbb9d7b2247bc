import type { IncomingHttpHeaders } from 'node:http';

/** One request as the services see it: path below the service's root, all parameters of URL and form body. */
export interface Request {
  method: string;
  path: string;
  url: string;
  params: URLSearchParams;
  headers: IncomingHttpHeaders;
}

export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
}

/** Thrown by a service to refuse a request; carries the whole answer. */
export class Refusal extends Error {
  constructor(readonly answer: Answer) {
    super(`Expected a request the service takes, got one it answers with ${answer.status}. Read the body of the answer.`);
  }
}

export function answer(status: number, type: string, body: string | Buffer, headers: Record<string, string> = {}): Answer {
  return { status, headers: { 'content-type': type, ...headers }, body: typeof body === 'string' ? Buffer.from(body) : body };
}

export const json = (status: number, value: unknown, headers: Record<string, string> = {}) =>
  answer(status, 'application/json', JSON.stringify(value), headers);

export const xml = (status: number, text: string) => answer(status, 'text/xml; charset=UTF-8', text);

export const html = (status: number, text: string) => answer(status, 'text/html; charset=utf-8', text);

/** Runs a handler and turns a refusal it throws into its answer. */
export function refusable(handle: () => Answer): Answer {
  try {
    return handle();
  } catch (error) {
    if (error instanceof Refusal) return error.answer;
    throw error;
  }
}
