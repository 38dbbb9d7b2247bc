import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { blobPath, digestOf, type Blobs } from './blobs';

/** Blobs in a home. Written beside and renamed, so a file that is there is whole. */
export class BlobFolder implements Blobs {
  constructor(readonly home: string) {}

  pathOf(digest: string): string {
    return path.join(this.home, blobPath(digest));
  }

  async put(bytes: Buffer): Promise<string> {
    const digest = digestOf(bytes);
    // A damaged file is replaced, so that the next look finds it whole.
    if ((await this.read(digest)) !== null) return digest;
    const target = this.pathOf(digest);
    await mkdir(path.dirname(target), { recursive: true });
    const beside = `${target}.${randomBytes(4).toString('hex')}`;
    await writeFile(beside, bytes);
    await rename(beside, target);
    return digest;
  }

  async read(digest: string): Promise<Buffer | null> {
    const bytes = await readFile(this.pathOf(digest)).catch(() => null);
    return bytes === null || digestOf(bytes) !== digest ? null : bytes;
  }
}
