import { z } from 'zod';

/** A title and an abstract to try a rule on. */
export const tried = z.object({
  id: z.unknown().optional(),
  title: z.string().nullable().default(null),
  abstract: z.string().nullable().default(null),
});

export const TRIED_FORM = '{"id": 1, "title": "…", "abstract": "…"}';
