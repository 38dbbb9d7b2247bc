import { createInterface } from 'node:readline';
import type { z } from 'zod';
import { loadStudy, type LoadedStudy } from '../../config/load';
import { refuseNotYet } from '../../config/not-yet';
import { loadSettings } from '../../config/settings';
import { CommandError } from '../failure';
import type { CommonOptions } from '../options';

/** The study whose rules are tried; its ranking files need not be in place. */
export async function triedStudy(options: CommonOptions): Promise<LoadedStudy> {
  const loaded = await loadStudy(loadSettings(options).study, { missingFiles: 'list' });
  refuseNotYet(loaded.study);
  return loaded;
}

/** The lines of stdin, without the empty ones, each with its number. */
export async function* linesOfStdin(): AsyncGenerator<{ text: string; number: number }> {
  let number = 0;
  for await (const text of createInterface({ input: process.stdin })) {
    number++;
    if (text.trim() !== '') yield { text, number };
  }
}

/** The JSON objects of stdin, one a line. @throws CommandError (exit 2) naming the line */
export async function* objectsOfStdin<T>(schema: z.ZodType<T>, form: string): AsyncGenerator<T> {
  for await (const { text, number } of linesOfStdin()) yield parsed(schema, { text, number, form });
}

function parsed<T>(schema: z.ZodType<T>, { text, number, form }: { text: string; number: number; form: string }): T {
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    throw new CommandError(`Expected ${form} in line ${number} of stdin, got ${text.slice(0, 60)}. Give one JSON object a line.`, 2);
  }
}

export function say(answer: unknown): void {
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
