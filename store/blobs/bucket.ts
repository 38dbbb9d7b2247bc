import { randomUUID } from 'node:crypto';
import { BucketRefused } from './bucket-errors';
import { askBucket, type BucketAccess, type Taken } from './bucket-request';
import { blobPath, digestOf, type Blobs } from './blobs';

/** Blobs in an S3-compatible bucket. An upload is there whole or not at all, and the bucket checks its digest. */
export class BlobBucket implements Blobs {
  constructor(private readonly access: BucketAccess) {}

  async put(bytes: Buffer): Promise<string> {
    const digest = digestOf(bytes);
    await askBucket(this.access, { method: 'PUT', key: blobPath(digest), body: () => bytes, sha256: digest }, ended);
    return digest;
  }

  async read(digest: string): Promise<Buffer | null> {
    const bytes = await askBucket(this.access, { method: 'GET', key: blobPath(digest) }, bytesOf);
    return bytes === null || digestOf(bytes) !== digest ? null : bytes;
  }

  /**
   * Puts a small blob, reads it back, and looks for one that is not there.
   * @throws BucketTrouble, BucketRefused
   */
  async check(): Promise<void> {
    await this.read(await this.put(Buffer.from('Bytes that research-atlas fetched lie beside this.\n')));
    const missing = `blobs/none/${randomUUID()}`;
    // Without the right to list, Amazon answers 403 where an object is missing.
    await askBucket(this.access, { method: 'GET', key: missing }, ended).catch((error: unknown) => {
      if (!(error instanceof BucketRefused)) throw error;
      throw new BucketRefused(`${error.message} Getting and putting works: what is missing is the right to list (s3:ListBucket).`);
    });
  }
}

async function bytesOf({ body }: Taken): Promise<Buffer> {
  return Buffer.from(await body.arrayBuffer());
}

export async function ended({ body }: Taken): Promise<true> {
  await body.dump();
  return true;
}
