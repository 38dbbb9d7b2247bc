import { z } from 'zod';

/** Raised when a keeper of one build could misunderstand a command of another. `stop` is understood by all. */
export const PROTOCOL = 1;

export const engineNeed = z.enum(['postgres', 'temporal']);
export const attributeType = z.enum(['Keyword', 'Int', 'Double', 'Bool', 'Datetime', 'Text', 'KeywordList']);
export const processSpec = z.object({
  role: z.enum(['worker', 'simulator']),
  name: z.string().min(1),
  entry: z.string().min(1),
  args: z.array(z.string()),
  env: z.record(z.string(), z.string()),
});
export const processInfo = z.object({
  role: z.enum(['worker', 'postgres', 'temporal', 'simulator', 'keeper']),
  name: z.string(),
  pid: z.number().int(),
  address: z.string(),
});

export const request = z.discriminatedUnion('op', [
  z.object({
    id: z.number(),
    op: z.literal('open'),
    protocol: z.number(),
    needs: z.array(engineNeed),
    searchAttributes: z.record(z.string(), attributeType),
  }),
  z.object({ id: z.number(), op: z.literal('start'), spec: processSpec }),
  z.object({ id: z.number(), op: z.literal('processes') }),
  z.object({ id: z.number(), op: z.literal('stay') }),
  z.object({ id: z.number(), op: z.literal('close') }),
  z.object({ id: z.number(), op: z.literal('stop') }),
]);

export const opened = z.object({
  /** True: this keeper is on its way out; wait for its socket to close and knock again. */
  closing: z.boolean(),
  temporal: z.object({ address: z.string(), uiUrl: z.string(), namespace: z.string() }).nullable(),
  postgres: z.object({ url: z.string() }).nullable(),
});
export const started = processInfo.extend({ ready: z.record(z.string(), z.unknown()) });
export const listed = z.array(processInfo);
export const released = z.object({ stopping: z.boolean() });
export const death = z.object({ role: z.string(), name: z.string(), detail: z.string() });

/** Everything a keeper says: an answer to one request, or something it has to tell. */
export const reply = z.union([
  z.object({ id: z.number(), ok: z.unknown() }).refine((answer) => 'ok' in answer),
  z.object({ id: z.number(), error: z.object({ message: z.string(), exitCode: z.union([z.literal(1), z.literal(2)]) }) }),
  z.object({ note: z.string() }),
  z.object({ death }),
]);

export type EngineNeed = z.infer<typeof engineNeed>;
export type SearchAttributes = Record<string, z.infer<typeof attributeType>>;
export type ProcessSpec = z.infer<typeof processSpec>;
export type ProcessInfo = z.infer<typeof processInfo>;
export type StartedProcess = z.infer<typeof started>;
export type Request = z.infer<typeof request>;
export type Opened = z.infer<typeof opened>;
export type Death = z.infer<typeof death>;
export type Reply =
  { id: number; ok: unknown } | { id: number; error: { message: string; exitCode: 1 | 2 } } | { note: string } | { death: Death };
