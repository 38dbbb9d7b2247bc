import { BrokenAnswer } from '../errors';
import { type Judge, refusal, where } from './judge';

/** The one line NLM puts beside each file: name, then 32 hex digits. */
export const md5Line = /^MD5\(([^)]+)\)\s*=\s*([0-9a-f]{32})\s*$/;

/** The title of a folder's page, and that the page has an end. */
const listing = /Index of[^]*<\/(pre|table|body|html)>/i;

/** Judges folder listings and checksum files. The files themselves are checked by md5. */
export const judgeBulk: Judge = (answer) => {
  if (answer.status !== 200) throw refusal(answer);
  const { path } = answer.request;
  const isChecksum = path.endsWith('.md5');
  if (path.endsWith('/') && !listing.test(answer.body.toString('utf8'))) {
    throw new BrokenAnswer(`Expected the listing of a folder, got another page (${where(answer)}). Try again.`, { status: 200 });
  }
  if (isChecksum && !md5Line.test(answer.body.toString('utf8'))) {
    throw new BrokenAnswer(`Expected a line MD5(file)= <32 hex>, got another body (${where(answer)}). Try again.`, { status: 200 });
  }
  return null;
};
