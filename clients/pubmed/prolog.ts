import type { ByteWindow } from './byte-window';
import { foreignFile } from './foreign-file';
import { parseHeld } from './held-element';
import { isBlank, passSpecial, passTag, skipMisc } from './set-markup';

const root = 'PubmedArticleSet';
const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf]);
const declaration =
  /^<\?xml\s+version\s*=\s*["']1\.\d["'](\s+encoding\s*=\s*["'][-\w.]+["'])?(?:\s+standalone\s*=\s*["'](?:yes|no)["'])?\s*\?>$/;
const readable = /["'](?:utf-?8|(?:us-)?ascii)["']/i;

/** Passes everything before the first record: any DOCTYPE is taken, none is loaded. `closed` means `<PubmedArticleSet/>`. */
export async function readProlog(window: ByteWindow): Promise<'open' | 'closed'> {
  await window.byteAt(2);
  if (window.slice(0, 3).equals(byteOrderMark)) window.drop(3);
  if ((await window.startsWith('<?xml')) && isBlank(await window.byteAt(5))) await skipDeclaration(window);
  await skipMisc(window);
  if ((await window.startsWith('<!DOCTYPE')) && !(await isHtml(window))) await skipDoctype(window);
  await skipMisc(window);
  if (!(await isSet(window))) throw window.refuse(await foreignFile(window));
  return openSet(window);
}

async function skipDeclaration(window: ByteWindow): Promise<void> {
  const end = (await window.find('?>', 0)) + 2;
  const match = declaration.exec(window.slice(0, end).toString('latin1'));
  if (match === null) throw window.refuse({ what: 'a broken XML declaration', offset: 0 });
  const encoding = match[1]?.trim();
  if (encoding !== undefined && !readable.test(encoding))
    throw window.refuse({ what: `text with ${encoding}`, offset: 0, next: 'Convert it to UTF-8.' });
  window.drop(end);
}

async function isHtml(window: ByteWindow): Promise<boolean> {
  await window.byteAt(14);
  return /^<!DOCTYPE\s+html\b/i.test(window.slice(0, 15).toString('latin1'));
}

/** The DOCTYPE may hold an internal subset, in which quotes, comments and instructions may hold a ">" or "]". */
async function skipDoctype(window: ByteWindow): Promise<void> {
  let inSubset = false;
  for (let at = '<!DOCTYPE'.length; ;) {
    const byte = await window.byteAt(at);
    if (byte === undefined) throw window.refuse({ what: 'a file cut off within its DOCTYPE', offset: window.length });
    const character = String.fromCharCode(byte);
    if (character === '>' && !inSubset) return window.drop(at + 1);
    if (character === '[' || character === ']') inSubset = character === '[';
    at = await passInDoctype(window, at, character);
  }
}

async function passInDoctype(window: ByteWindow, at: number, character: string): Promise<number> {
  if (character === '<' && ((await window.startsWith('<!--', at)) || (await window.startsWith('<?', at)))) return passSpecial(window, at);
  if (character !== '"' && character !== "'") return at + 1;
  const end = await window.find(character, at + 1);
  return end < 0 ? window.length : end + 1;
}

async function isSet(window: ByteWindow): Promise<boolean> {
  const next = await window.byteAt(root.length + 1);
  return (await window.startsWith(`<${root}`)) && /[\s/>]/.test(String.fromCharCode(next ?? 0));
}

async function openSet(window: ByteWindow): Promise<'open' | 'closed'> {
  const end = await passTag(window);
  const state = window.slice(end - 2, end).toString() === '/>' ? 'closed' : 'open';
  parseHeld(window, end, state === 'open' ? `</${root}>` : '');
  window.drop(end);
  return state;
}
