import { createReadStream } from 'node:fs';
import { access } from 'node:fs/promises';
import { toPublicRecord } from '../../clients/pubmed/public-record';
import { readPubmed } from '../../clients/pubmed/read';
import { CommandError } from '../failure';

/** `atlas try pubmed FILE…`: what the steps read in a file. Damaged files are told at the end; the others are printed. */
export async function run(_options: unknown, files: readonly string[]): Promise<number> {
  let refused = 0;
  for (const file of files) {
    await access(file).catch(() => {
      throw new CommandError(`Expected a file, got ${file}, which cannot be read. Check the path.`, 2);
    });
    try {
      for await (const item of readPubmed(createReadStream(file), file)) {
        const record = toPublicRecord(item);
        if (record !== null) process.stdout.write(`${JSON.stringify(record)}\n`);
      }
    } catch (error) {
      refused++;
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    }
  }
  return refused === 0 ? 0 : 2;
}
