import { createHash } from 'node:crypto';

/** Bytes by sha256. */
export interface Blobs {
  /** @returns the digest under which `read` finds them */
  put(bytes: Buffer): Promise<string>;
  /** Null when the blob is gone or its bytes are not those it was stored under. */
  read(digest: string): Promise<Buffer | null>;
}

/** Where a blob lies below the home or the prefix of a bucket: equal in both, so that one can be copied to the other. */
export function blobPath(digest: string): string {
  return `blobs/${digest.slice(0, 2)}/${digest.slice(2)}`;
}

export function digestOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
