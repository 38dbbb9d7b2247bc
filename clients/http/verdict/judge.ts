import { shortText } from '../canonical';
import { BadRequest, BrokenAnswer, NotFound, RateLimited, ServerTrouble, Unauthorized } from '../errors';
import { retryAfterMs } from '../meter';
import type { AtlasRequest } from '../ports';
import type { Arrived } from '../send';

/** An answer with all that is needed to judge it. */
export interface Case extends Arrived {
  request: AtlasRequest;
  /** Milliseconds since 1970. */
  now: number;
}

/** Accepts an answer and counts its rows (null: has none to count), or throws the ServiceError it amounts to. What it accepts is archived. */
export type Judge = (answer: Case) => number | null;

const QUOTED_CHARACTERS = 300;

/** The place an error message names. */
export function where({ request }: Case): string {
  return shortText(request);
}

/** A text of the service, fit for a message. */
export function quoted(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return `"${line.length <= QUOTED_CHARACTERS ? line : `${line.slice(0, QUOTED_CHARACTERS)}…`}"`;
}

/** What a status alone says, for answers whose body adds nothing. `said` is a text of the service that holds no secret. */
export function refusal(answer: Case, said = ''): Error {
  const { status, headers, now } = answer;
  const got = `${status}${said === '' ? '' : ` ${quoted(said)}`} (${where(answer)})`;
  const details = { status, retryAfterMs: retryAfterMs(headers, now) ?? undefined };
  if (status === 429) return new RateLimited(`Expected to be within the pace of the service, got ${got}. Wait and repeat.`, details);
  if (status === 401 || status === 403) return new Unauthorized(`Expected to be let in, got ${got}. Check the key.`, details);
  if (status === 404) return new NotFound(`Expected an address that exists, got ${got}. Check the address.`, details);
  if (status >= 500 || status === 408) return new ServerTrouble(`Expected an answer, got ${got}. Try again later.`, details);
  if (status >= 400) return new BadRequest(`Expected a request the service takes, got ${got}. This is a bug; report it.`, details);
  return new BrokenAnswer(`Expected status 200, got ${got}. Try again.`, details);
}
