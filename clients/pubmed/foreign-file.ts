import type { ByteWindow } from './byte-window';
import type { Refusal } from './file-error';

/** Enough of a file to say what it is. */
const looked = 4096;

const hints: { begins: RegExp; what: string; next?: string }[] = [
  { begins: /^$/, what: 'an empty file' },
  { begins: /^(?:\u00fe\u00ff|\u00ff\u00fe|<\0|\0<)/, what: 'UTF-16 text', next: 'Convert it to UTF-8.' },
  { begins: /^\u001f\u008b/, what: 'a gzip file inside a gzip file', next: 'Unpack it once.' },
  { begins: /^PK\u0003\u0004/, what: 'a zip archive', next: 'Unpack it and give the XML files in it.' },
  { begins: /^%PDF/, what: 'a PDF document' },
  {
    begins: /^<(?:!doctype\s+)?html\b/i,
    what: 'an HTML page',
    next: 'It is often an error notice of the server: read it, then fetch again.',
  },
  { begins: /^[{[]/, what: 'a JSON answer', next: 'Ask eFetch for retmode=xml.' },
  { begins: /^PMID\s*-/, what: 'records in the MEDLINE text format', next: 'Export them as XML.' },
  {
    begins: /^<PubmedArticle[\s>]/,
    what: 'one bare PubmedArticle',
    next: 'Give the PubmedArticleSet that PubMed sent, not a record cut from it.',
  },
];

/** Says what a file is whose first tag (where the window stands) is not PubmedArticleSet. */
export async function foreignFile(window: ByteWindow): Promise<Refusal> {
  await window.byteAt(looked - 1);
  // Latin-1 shows each byte as one character, so that marks of binary formats can be named too.
  const text = window.slice(0, looked).toString('latin1');
  const known = hints.find(({ begins }) => begins.test(text.trimStart()) || begins.test(text));
  return { ...(known ?? byRoot(text)), offset: 0 };
}

function byRoot(text: string): Omit<Refusal, 'offset'> {
  const root = /^<([^\s<>/!?]+)/.exec(text)?.[1];
  if (root === undefined) return { what: `something that is not XML and begins with ${JSON.stringify(text.trim().slice(0, 40))}` };
  const error = /<ERROR>([^<]*)<\/ERROR>/i.exec(text)?.[1]?.trim().slice(0, 120);
  if (error) return { what: `an error answer of E-utilities, "${error}"`, next: 'Mend the request it complains about, then fetch again.' };
  return {
    what: `XML with the root element ${root.slice(0, 40)}`,
    next: 'Give the file as PubMed sent it: other programs rewrite what they save.',
  };
}
