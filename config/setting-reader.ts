import { z } from 'zod';
import { InputError } from './input-error';

export interface Rule {
  schema: z.ZodType<string>;
  expected: string;
  isSecret?: boolean;
}

export const word: Rule = { schema: z.string(), expected: 'text' };
export const service: Rule = { schema: z.url({ protocol: /^https?$/ }), expected: 'an http or https address' };

export type Read = (name: string, rule: Rule) => string | null;

/** Reads one variable; an empty one counts as absent. */
export function reader(env: NodeJS.ProcessEnv, file: NodeJS.ProcessEnv): Read {
  return (name, { schema, expected, isSecret = false }) => {
    const fromEnvironment = env[name]?.trim();
    const value = fromEnvironment || file[name]?.trim();
    if (!value) return null;
    if (schema.safeParse(value).success) return value;
    const got = isSecret ? 'something else (not shown, it may hold a password)' : JSON.stringify(value);
    throw new InputError(`Expected ${name} to be ${expected}, got ${got} (${fromEnvironment ? 'environment' : '.env'}). Correct it.`);
  };
}
