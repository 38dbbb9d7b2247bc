import { createHash } from 'node:crypto';
import { execFile } from 'node:child_process';
import { chmodSync, createReadStream, createWriteStream, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { fetchFolder } from './fetch-folder';
import { TEMPORAL_VERSION } from './version';

/**
 * sha256 of the official archives of this version, by platform. Temporal publishes them on its release page only; nothing is run here
 * that was not checked, so a platform without an entry skips this way and goes on to the next.
 */
const ARCHIVE_SHA256: Record<string, string> = {};

const DOWNLOAD_MS = 10 * 60_000;
const run = promisify(execFile);

export function downloadObstacle(): string | null {
  const platform = `${process.platform}-${process.arch}`;
  return ARCHIVE_SHA256[platform]
    ? null
    : `no checksum of the official archive ${TEMPORAL_VERSION} is recorded for ${platform}, so it is not trusted`;
}

async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

/** Fetches the official archive, checks it and puts its binary at `target`, by rename. */
export async function fetchArchive(target: string): Promise<void> {
  const obstacle = downloadObstacle();
  if (obstacle) throw new Error(obstacle);
  const arch = process.arch === 'x64' ? 'amd64' : process.arch;
  const url = `https://temporal.download/cli/archive/v${TEMPORAL_VERSION}?platform=${process.platform}&arch=${arch}`;
  const folder = fetchFolder(target);
  try {
    const archive = path.join(folder, 'temporal.tar.gz');
    const answer = await fetch(url, { signal: AbortSignal.timeout(DOWNLOAD_MS) });
    if (!answer.ok || !answer.body) throw new Error(`${url} answered ${answer.status}`);
    await pipeline(Readable.from(answer.body), createWriteStream(archive));
    const got = await sha256Of(archive);
    const expected = ARCHIVE_SHA256[`${process.platform}-${process.arch}`];
    if (got !== expected) throw new Error(`expected sha256 ${expected}, got ${got} (${url})`);
    await run('tar', ['-xzf', archive, '-C', folder, 'temporal'], { timeout: 60_000 });
    chmodSync(path.join(folder, 'temporal'), 0o755);
    renameSync(path.join(folder, 'temporal'), target);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
