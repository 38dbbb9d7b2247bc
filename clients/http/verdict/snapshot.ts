import { BrokenAnswer } from '../errors';
import { type Judge, quoted, refusal, where } from './judge';

const listing = /<ListBucketResult[^]*<\/ListBucketResult>\s*$/;

/** Judges listings and small files of OpenAlex's bucket. Parts are judged by their length and content. */
export const judgeSnapshot: Judge = (answer) => {
  if (answer.status !== 200) throw refusal(answer);
  const { path, query } = answer.request;
  const text = answer.body.toString('utf8', 0, path.endsWith('.gz') ? 0 : undefined);
  if (query?.['list-type'] !== undefined && !listing.test(text)) throw broken('a whole listing of the bucket', text);
  if (/manifest(\.json)?$/.test(path) && !/^\s*\{[^]*\}\s*$/.test(text)) throw broken('a whole manifest', text);
  return null;

  function broken(expected: string, got: string): BrokenAnswer {
    return new BrokenAnswer(`Expected ${expected}, got ${quoted(got.slice(0, 80))} (${where(answer)}). Try again.`, { status: 200 });
  }
};
