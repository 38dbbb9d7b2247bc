import type { ScanWindow } from './window';

/** Far more than NLM's declaration and DOCTYPE take. */
const LOOKED = 4096;
const plain =
  /^(?:\u00ef\u00bb\u00bf)?(?:<\?xml version="1\.0"(?: encoding="(?:utf-8|UTF-8|us-ascii|US-ASCII)")?(?: standalone="(?:yes|no)")?[ \t\r\n]*\?>)?[ \t\r\n]*(?:<!DOCTYPE PubmedArticleSet(?: (?:PUBLIC "[^"<>[\]]*"|SYSTEM))?(?: "[^"<>[\]]*")?[ \t\r\n]*>)?[ \t\r\n]*<PubmedArticleSet>/;

/** Passes the prolog in the forms that NLM writes, with the opening tag of the set. */
export async function passProlog(window: ScanWindow): Promise<void> {
  while (window.end < LOOKED && (await window.fill()));
  const length = plain.exec(window.bytes.toString('latin1', 0, Math.min(LOOKED, window.end)))?.[0].length;
  if (length === undefined) throw window.unusual('another beginning than NLM writes');
  window.start = length;
}
