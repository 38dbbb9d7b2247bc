import { isUtf8 } from 'node:buffer';
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

const LINE_FEED = 10;

/**
 * The lines of stdin. A line ends with LF or CR LF and nothing else: in a text other marks of Unicode's may stand.
 * @throws CommandError (exit 2) naming a line that is not UTF-8
 */
export async function* linesOfStdin(): AsyncGenerator<string> {
  let parts: Buffer[] = [];
  let number = 0;
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
    let from = 0;
    for (let at = chunk.indexOf(LINE_FEED); at >= 0; at = chunk.indexOf(LINE_FEED, from)) {
      parts.push(chunk.subarray(from, at));
      from = at + 1;
      yield decoded(parts, ++number);
      parts = [];
    }
    if (from < chunk.length) parts.push(chunk.subarray(from));
  }
  if (parts.length > 0) yield decoded(parts, ++number);
}

function decoded(parts: readonly Buffer[], number: number): string {
  const bytes = Buffer.concat(parts);
  if (!isUtf8(bytes))
    throw new CommandError(
      `Expected UTF-8 in line ${number} of stdin, got bytes that are not. Convert the text first, for example with iconv.`,
      2,
    );
  const text = bytes.toString().replace(/\r$/, '');
  return number === 1 ? text.replace(/^\uFEFF/, '') : text;
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
