import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Settings } from '../../config/settings';
import type { Blobs } from './blobs';
import { BlobBucket } from './bucket';
import type { BucketAccess } from './bucket-request';
import { BlobFolder } from './folder';
import { bucketShelf } from './shelf';

type Where = Pick<Settings, 'home' | 'bucket' | 'secrets' | 'timeoutMs'>;

/** Where fetched bytes are kept: the bucket of the settings, else the home. */
export function openBlobs(where: Where): Blobs {
  const access = accessOf(where);
  return access === null ? new BlobFolder(where.home) : new BlobBucket(access);
}

/** A folder of files kept for later runs, `name` below the home; with a bucket, for every machine. */
export async function openShelf(where: Where, name: string) {
  const access = accessOf(where);
  const dir = path.join(where.home, name);
  await mkdir(dir, { recursive: true });
  return access === null ? { dir } : bucketShelf({ dir, name }, access);
}

/** Whether the bucket of the settings can be used, if there is one. @throws BucketTrouble, BucketRefused */
export async function checkBucket(where: Where): Promise<void> {
  const access = accessOf(where);
  if (access !== null) await new BlobBucket(access).check();
}

function accessOf({ bucket, secrets, timeoutMs }: Where): BucketAccess | null {
  if (bucket === null || secrets.awsSecretAccessKey === null) return null;
  return { ...bucket, secretAccessKey: secrets.awsSecretAccessKey, sessionToken: secrets.awsSessionToken, timeoutMs };
}
