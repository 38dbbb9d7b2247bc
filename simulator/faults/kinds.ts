import { z } from 'zod';

/** Answers that the service never made. */
export const forgedKinds = [
  'html200',
  'json200',
  'error200',
  'proxy400',
  'empty200',
  'error500',
  'error502',
  'error503',
  'timeout504',
  'pace429',
  'budget429',
  'plan429',
  'boolean429',
] as const;

/** True answers with something wrong in them. */
export const spoiltKinds = ['missing', 'duplicate', 'foreign', 'same-cursor', 'old-cursor', 'corrupt', 'replaced', 'wrong-md5'] as const;

/** True answers that do not arrive as they should, and `jump`: a day passes on the service's clock before it answers. */
export const wireKinds = ['reset', 'reset-body', 'truncate', 'truncate-gzip', 'hang', 'stall', 'drip', 'slow', 'jump'] as const;

export const kinds = [...forgedKinds, ...spoiltKinds, ...wireKinds] as const;
export type Kind = (typeof kinds)[number];

/** What `POST /_faults` takes: an object or a list of them. */
export const faultSchema = z.strictObject({
  /** Regular expression over path and query (and, for a form, `?` and its body). */
  path: z.string().default('.'),
  /** Answer with this status instead; with `body` and `headers`, any answer can be forged. */
  status: z.number().int().min(100).max(599).optional(),
  body: z.string().optional(),
  headers: z.record(z.string(), z.string()).optional(),
  kind: z.enum(kinds).optional(),
  /** Milliseconds: of `slow` and `drip` until the answer is whole, of `budget429` until the day ends. */
  delay: z.number().int().positive().default(2000),
  /** Matching requests to let pass first. */
  skip: z.number().int().nonnegative().default(0),
  times: z.number().int().positive().default(1),
});

export type Fault = z.infer<typeof faultSchema>;
