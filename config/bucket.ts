import { z } from 'zod';
import { InputError } from './input-error';
import { service, word, type Read, type Rule } from './setting-reader';

/** An S3-compatible bucket that keeps fetched bytes in place of the home. Its secret key is among the secrets. */
export interface BucketSettings {
  name: string;
  /** Without a slash at its ends; may be empty. */
  prefix: string;
  /** Null for Amazon's own. */
  endpoint: string | null;
  region: string;
  accessKeyId: string;
}

const location: Rule = {
  schema: z.string().regex(/^s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](\/[\w./=-]*)?$/),
  expected: 's3://bucket or s3://bucket/prefix (letters, digits, and . _ - = / in the prefix)',
};

/** Under the names that the tools of Amazon read, so that `aws s3 ls` sees what this program sees. */
export function readBucket(read: Read): BucketSettings | null {
  const url = read('ATLAS_BLOBS_URL', location);
  if (url === null) return null;
  const accessKeyId = read('AWS_ACCESS_KEY_ID', word);
  if (accessKeyId === null || read('AWS_SECRET_ACCESS_KEY', { ...word, isSecret: true }) === null)
    throw new InputError(
      `Expected AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY beside ATLAS_BLOBS_URL, got not both. Set them in the environment or .env, or unset ATLAS_BLOBS_URL to keep bytes in the home.`,
    );
  const [name = '', ...rest] = url.slice('s3://'.length).split('/');
  return {
    name,
    prefix: rest.filter((part) => !['', '.', '..'].includes(part)).join('/'),
    endpoint: read('AWS_ENDPOINT_URL_S3', service)?.replace(/\/+$/, '') ?? null,
    region: read('AWS_REGION', word) ?? 'us-east-1',
    accessKeyId,
  };
}

/** As the user gave it. */
export function urlOf({ name, prefix }: Pick<BucketSettings, 'name' | 'prefix'>): string {
  return prefix === '' ? `s3://${name}` : `s3://${name}/${prefix}`;
}
