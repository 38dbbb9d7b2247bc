import { z } from 'zod';

/** Behaviours that differ between years, plans and recordings of the real services; each has both values in tests. */
export const switchesSchema = z.strictObject({
  /** `null` as soon as a page is short (2026), or a cursor on every non-empty page (2025). */
  cursorEnd: z.enum(['null-on-short-page', 'null-after-empty-page']).default('null-on-short-page'),
  mergedWorks: z.enum(['redirect', 'gone']).default('redirect'),
  /** Whether lists set `is_authors_truncated` on works they cut. */
  truncationFlag: z.boolean().default(false),
  pageMaximum: z.union([z.literal(100), z.literal(200)]).default(200),
  anonymousCursor: z.enum(['allowed', 'refused']).default('allowed'),
  /** OpenAlex credits per key and UTC day; null = no limit. */
  dailyCredits: z.number().int().nonnegative().nullable().default(null),
  /** OpenAlex requests in any second per key; null = no limit. */
  openalexPerSecond: z.number().int().positive().nullable().default(null),
  /** E-utilities requests in any second; null = no limit. */
  eutilsPerSecond: z.number().int().positive().nullable().default(null),
  /** How far the service's clock is ahead of ours, in milliseconds; may be negative. */
  clockAheadMs: z.number().int().default(0),
  /** How long each answer is on its way, in milliseconds. */
  latencyMs: z.number().int().nonnegative().default(0),
  /** Layout and manifest of the snapshot: as since 2026, or as before. */
  snapshotShape: z.enum(['2026', 'legacy']).default('2026'),
  /** How many hits of one search can be had. */
  searchCap: z.number().int().positive().default(9999),
});

export type Switches = z.infer<typeof switchesSchema>;
export type SwitchSettings = z.input<typeof switchesSchema>;
