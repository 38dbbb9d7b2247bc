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

/** What may go wrong with which request, and passes. `plan429` and `boolean429` are our bugs, `wrong-md5` asks for a person: they are armed, not brewed. */
const places: [RegExp, Kind[]][] = [
  [
    /^\/openalex\/(works|sources)\?/,
    [
      ...broken,
      'timeout504',
      'html200',
      'empty200',
      'truncate-gzip',
      'pace429',
      'budget429',
      'missing',
      'duplicate',
      'same-cursor',
      'old-cursor',
      'jump',
    ],
  ],
  [/^\/openalex\//, [...broken, 'timeout504', 'html200', 'empty200', 'truncate-gzip', 'pace429']],
  [/esearch\.fcgi/, [...broken, 'html200', 'json200', 'error200', 'empty200', 'pace429']],
  [/efetch\.fcgi/, [...broken, 'html200', 'json200', 'error200', 'proxy400', 'empty200', 'pace429', 'missing', 'foreign']],
  [/\.md5$/, [...broken, 'html200', 'empty200']],
  [/\.gz$/, [...broken, 'corrupt', 'replaced']],
  [/^\/pubmed\//, [...broken, 'html200', 'empty200']],
];

/** Hits a seeded share of all requests. Which requests is settled by seed and text; the kinds take turns, so that each one comes. */
export class Storm {
  /** What has hit, by place and kind. */
  readonly hits = new Map<string, number>();
  readonly #seen = new Map<string, number>();
  readonly #turns = new Map<RegExp, number>();

  constructor(private readonly weather: z.infer<typeof stormSchema>) {}

  take(target: string): Fault | null {
    const { seed, share, most, delay } = this.weather;
    const times = this.#seen.get(target) ?? 0;
    this.#seen.set(target, times + 1);
    if (times >= most || chance(`${seed} ${times} ${target}`) >= share) return null;
    const place = places.find(([pattern]) => pattern.test(target));
    if (place === undefined) return null;
    const turn = this.#turns.get(place[0]) ?? Math.abs(seed);
    this.#turns.set(place[0], turn + 1);
    const kind = place[1][turn % place[1].length]!;
    this.hits.set(kind, (this.hits.get(kind) ?? 0) + 1);
    return faultSchema.parse({ kind, delay });
  }
}

/** In [0, 1), the same for the same text. */
function chance(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32BE() / 2 ** 32;
}
