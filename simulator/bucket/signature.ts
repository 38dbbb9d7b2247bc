import { createHash, createHmac } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

export interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
}

const form = /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/;
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
const sha256 = (bytes: string | Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** Checks a request as AWS Signature Version 4 has it. @returns the code of the refusal, or null when it is as it should be */
export function refusedBySignature(
  { method, url = '/', headers }: Pick<IncomingMessage, 'method' | 'url' | 'headers'>,
  body: Buffer,
  known: Credentials,
): string | null {
  const [, accessKeyId, day, region, signed, signature] = form.exec(headers.authorization ?? '') ?? [];
  if (day === undefined || region === undefined || signed === undefined) return 'AccessDenied';
  if (accessKeyId !== known.accessKeyId) return 'InvalidAccessKeyId';
  const declared = String(headers['x-amz-content-sha256']);
  const [path = '', query = ''] = url.split('?');
  const lines = signed.split(';').map((name) => `${name}:${String(headers[name]).trim()}\n`);
  const canonical = [method, encoded(decodeURIComponent(path)), query.split('&').sort().join('&'), lines.join(''), signed, declared].join(
    '\n',
  );
  const scope = `${day}/${region}/s3/aws4_request`;
  const key = ['s3', 'aws4_request'].reduce(hmac, hmac(hmac(`AWS4${known.secretAccessKey}`, day), region));
  const text = ['AWS4-HMAC-SHA256', String(headers['x-amz-date']), scope, sha256(canonical)].join('\n');
  if (hmac(key, text).toString('hex') !== signature || !signed.split(';').includes('host')) return 'SignatureDoesNotMatch';
  return declared === sha256(body) ? null : 'XAmzContentSHA256Mismatch';
}

/** All but letters, digits, and - . _ ~ is encoded in what is signed, however the address has it. */
function encoded(path: string): string {
  const hex = (character: string): string => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
  return encodeURIComponent(path)
    .replaceAll('%2F', '/')
    .replace(/[!'()*]/g, hex);
}
