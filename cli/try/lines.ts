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

/** The lines of stdin. A line ends with LF or CR LF and nothing else: in a text other marks of Unicode's may stand. */
export async function* linesOfStdin(): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop()!;
    for (const line of lines) yield line.replace(/\r$/, '');
  }
  rest += decoder.decode();
  if (rest !== '') yield rest;
}

/** The JSON objects of stdin, one a line; blank lines are passed over. @throws CommandError (exit 2) naming the line */
export async function* objectsOfStdin<T>(schema: z.ZodType<T>, form: string): AsyncGenerator<T> {
  let number = 0;
  for await (const text of linesOfStdin()) {
    number++;
    if (text.trim() !== '') yield parsed(schema, { text, number, form });
  }
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
