import { randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ended } from './bucket';
import { askBucket, type BucketAccess, type Taken } from './bucket-request';

const DIGEST = 'x-amz-meta-sha256';

/** Behind a folder of the home, a bucket that has its files for every machine. */
export function bucketShelf(folder: { readonly dir: string; readonly name: string }, access: BucketAccess) {
  const keyOf = (file: string): string => `${folder.name}/${file}`;
  const bring = async (file: string): Promise<void> => {
    const target = path.join(folder.dir, file);
    if (existsSync(target)) return;
    const beside = `${target}.${randomBytes(6).toString('hex')}.part`;
    const save = async ({ body }: Taken): Promise<true> => {
      await pipeline(body, createWriteStream(beside));
      return true;
    };
    try {
      const found = await askBucket(access, { method: 'GET', key: keyOf(file) }, save);
      if (found !== null) await rename(beside, target);
    } finally {
      await rm(beside, { force: true });
    }
  };
  const keep = async (file: string, { bytes, sha256 }: { readonly bytes: number; readonly sha256: string }): Promise<void> => {
    const key = keyOf(file);
    const kept = await askBucket(access, { method: 'HEAD', key }, async (answer) => (await ended(answer)) && answer.headers[DIGEST]);
    if (kept === sha256) return;
    const headers = { [DIGEST]: sha256, 'content-length': String(bytes) };
    await askBucket(access, { method: 'PUT', key, body: () => createReadStream(path.join(folder.dir, file)), sha256, headers }, ended);
  };
  return { dir: folder.dir, bring, keep };
}
