import { createReadStream } from 'node:fs';
import { access } from 'node:fs/promises';
import { toPublicRecord } from '../../clients/pubmed/public-record';
import { readPubmed } from '../../clients/pubmed/read';
import { CommandError, report } from '../failure';
import type { CommonOptions } from '../options';

/** `atlas try pubmed FILE…`: what the steps read in a file. A file counts whole or not at all: of a damaged one the error is told, and nothing else. */
export async function run(options: CommonOptions, files: readonly string[]): Promise<number> {
  let refused = 0;
  for (const file of files) {
    await access(file).catch(() => {
      throw new CommandError(`Expected a file, got ${file}, which cannot be read. Check the path.`, 2);
    });
    try {
      for (const line of await linesOf(file)) process.stdout.write(line);
    } catch (error) {
      refused++;
      report(refusal(error as Error, file), options);
    }
  }
  return refused === 0 ? 0 : 2;
}

/** Errors of the reader name their file; those of the disk do not. */
function refusal({ message }: Error, file: string): CommandError {
  return new CommandError(
    message.startsWith('Expected') ? message : `Expected a file of PubMed XML, got "${message}" (${file}). Check the path.`,
    2,
  );
}

async function linesOf(file: string): Promise<string[]> {
  const lines: string[] = [];
  for await (const item of readPubmed(createReadStream(file), file)) {
    const record = toPublicRecord(item);
    if (record !== null) lines.push(`${JSON.stringify(record)}\n`);
  }
  return lines;
}
