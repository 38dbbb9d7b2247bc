import { createHash } from 'node:crypto';
import { z } from 'zod';
import { faultSchema, type Fault, type Kind } from './kinds';

export const stormSchema = z.strictObject({
  seed: z.number().int(),
  /** Share of the requests that are hit, up to 1. */
  share: z.number().min(0).max(1).default(0.3),
  /** How often one and the same request may be hit before it is let through. */
  most: z.number().int().positive().default(2),
  /** Of `drip`, `slow` and `budget429`, in milliseconds. */
  delay: z.number().int().positive().default(300),
});

const broken: Kind[] = ['reset', 'reset-body', 'truncate', 'hang', 'stall', 'drip', 'slow', 'error500', 'error502', 'error503'];

const webTrouble: Kind[] = ['timeout504', 'html200', 'empty200'];

/** What may go wrong with which request, and passes; what happens to no other request comes first. `plan429` and `boolean429` are our bugs, `wrong-md5` asks for a person: they are armed, not brewed. */
const places: [RegExp, Kind[]][] = [
  [
    /^\/openalex\/(works|sources)\?/,
    [
      ...(['duplicate', 'missing', 'same-cursor', 'old-cursor', 'budget429', 'jump', 'pace429', 'truncate-gzip'] as const),
      ...webTrouble,
      ...broken,
    ],
  ],
  [/^\/openalex\//, ['pace429', 'truncate-gzip', ...webTrouble, ...broken]],
  [/esearch\.fcgi/, ['error200', 'json200', 'pace429', 'html200', 'empty200', ...broken]],
  [/efetch\.fcgi/, ['proxy400', 'foreign', 'missing', 'error200', 'json200', 'empty200', 'pace429', 'html200', ...broken]],
  [/\.md5$/, ['html200', 'empty200', ...broken]],
  [/\.gz$/, ['corrupt', 'replaced', ...broken]],
  [/^\/pubmed\//, ['html200', 'empty200', ...broken]],
];

/** Hits a seeded share of all requests. Which requests is settled by seed and text; of the kinds the rarest so far comes next, so that each one comes. */
export class Storm {
  /** How often each kind has hit. */
  readonly hits = new Map<string, number>();
  readonly #seen = new Map<string, number>();

  constructor(private readonly weather: z.infer<typeof stormSchema>) {}

  take(target: string): Fault | null {
    const { seed, share, most, delay } = this.weather;
    const times = this.#seen.get(target) ?? 0;
    this.#seen.set(target, times + 1);
    if (times >= most || chance(`${seed} ${times} ${target}`) >= share) return null;
    const place = places.find(([pattern]) => pattern.test(target));
    if (place === undefined) return null;
    const kind = this.#rarest(place[1]);
    this.hits.set(kind, (this.hits.get(kind) ?? 0) + 1);
    return faultSchema.parse({ kind, delay });
  }

  #rarest(kinds: readonly Kind[]): Kind {
    const hits = (kind: Kind): number => this.hits.get(kind) ?? 0;
    return kinds.reduce((rarest, kind) => (hits(kind) < hits(rarest) ? kind : rarest));
  }
}

/** In [0, 1), the same for the same text. */
function chance(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32BE() / 2 ** 32;
}
