import { z } from 'zod';

/** One of several named options. The first is the paper's (most likely) way and the default. */
export function choice<const Options extends readonly [string, ...string[]]>(options: Options, description: string) {
  const first: Options[number] = options[0];
  return z
    .enum(options)
    .default(first as never)
    .describe(description);
}

/** A list of named options, each at most once. */
export function choices<const Options extends readonly [string, ...string[]]>(
  options: Options,
  { initial, least }: { initial: Options[number][]; least: number },
  description: string,
) {
  return z
    .array(z.enum(options))
    .min(least)
    .refine(isSet, EACH_ONCE)
    .default(initial as never)
    .describe(description);
}

/** `true` or `false`. */
export function toggle(initial: boolean, description: string) {
  return z.boolean().default(initial).describe(description);
}

/** A whole number within bounds, both included. */
export function whole({ from, to, initial }: { from: number; to: number; initial: number }, description: string) {
  return z.int().min(from).max(to).default(initial).describe(description);
}

/** A part of the file; left out as a whole it stands for its defaults. */
export function section<Shape extends z.ZodRawShape>(shape: Shape, description: string) {
  // Every key of a section has a default, which the compiler cannot see through the generic shape.
  return z
    .strictObject(shape)
    .prefault({} as never)
    .describe(description);
}

/** Words that may stand in a list once. */
export function wordList(item: z.ZodString, initial: string[], description: string) {
  return z.array(item).refine(isSet, EACH_ONCE).default(initial).describe(description);
}

/** Paths and globs, relative to the study file; `${NAME}` stands for an environment variable. */
export function fileList(description: string) {
  return wordList(z.string().min(1), [], description);
}

/** A day, or a month or year, which then stands for its last day. */
export function date(description: string) {
  return z
    .string()
    .regex(/^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/)
    .nullable()
    .default(null)
    .describe(description);
}

const EACH_ONCE = 'to name each entry once';

function isSet(items: readonly unknown[]): boolean {
  return new Set(items).size === items.length;
}
