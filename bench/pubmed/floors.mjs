import { spawnSync } from 'node:child_process';
import { closeSync, createReadStream, openSync, readSync } from 'node:fs';
import { createGunzip } from 'node:zlib';

const SLICE = 256 * 1024;

/** The hardest floor: inflates a file into one buffer that is used again, and does nothing with it. */
export function inflateReused(file) {
  const gunzip = createGunzip();
  const { _handle: handle, _writeState: left } = gunzip;
  const out = Buffer.allocUnsafe(SLICE);
  const slice = Buffer.allocUnsafe(SLICE);
  const from = openSync(file, 'r');
  let total = 0;
  for (let count = readSync(from, slice); count > 0; count = readSync(from, slice)) {
    let at = 0;
    do {
      handle.writeSync(0, slice, at, count - at, out, 0, SLICE);
      total += SLICE - left[0];
      at = count - left[1];
    } while (left[0] === 0);
  }
  closeSync(from);
  gunzip.close();
  return total;
}

/** The public stream, in chunks of 1 MiB. */
export async function gunzipStream(file) {
  let total = 0;
  for await (const chunk of createReadStream(file, { highWaterMark: SLICE }).pipe(createGunzip({ chunkSize: 1024 * 1024 })))
    total += chunk.length;
  return total;
}

/** CPU milliseconds of a command and its children, as bash counts them; its standard output beside. */
export function commandCpu(command) {
  const { stdout, stderr, status } = spawnSync('bash', ['-c', `TIMEFORMAT='%U %S'; time ${command}`], {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  if (status !== 0) throw new Error(`${command}: ${stderr}`);
  const [user, system] = stderr.trim().split('\n').at(-1).split(' ').map(Number);
  return { ms: (user + system) * 1000, stdout };
}
