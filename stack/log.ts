import { closeSync, existsSync, fstatSync, openSync, readSync, statSync } from 'node:fs';

const KEEP_BYTES = 8 * 1024 * 1024;

/** Opens a log for writing at its end; one that has grown past 8 MiB begins anew. */
export function openLog(file: string): number {
  const grown = existsSync(file) && statSync(file).size > KEEP_BYTES;
  return openSync(file, grown ? 'w' : 'a', 0o600);
}

export function sizeOf(file: string): number {
  return existsSync(file) ? statSync(file).size : 0;
}

/** The last lines of a log, from byte `since` on, for an error message; at most 4 KiB. */
export function tail(file: string, since = 0, lines = 8): string {
  if (!existsSync(file)) return '(no log)';
  const handle = openSync(file, 'r');
  try {
    const { size } = fstatSync(handle);
    const from = Math.max(since, size - 4096, 0);
    const buffer = Buffer.alloc(Math.max(0, size - from));
    readSync(handle, buffer, 0, buffer.length, from);
    return buffer.toString('utf8').trim().split('\n').slice(-lines).join('\n');
  } finally {
    closeSync(handle);
  }
}
