import type { XmlElement } from './element';
import { MarkupError } from './markup-error';
import { decodeReferences, forbiddenCharacter } from './references';

const name = String.raw`[A-Za-z_:\u00C0-\uFFFD][-\w:.\u00B7-\uFFFD]*`;
const blank = String.raw`[ \t\r\n]`;
const value = String.raw`"[^"<]*"|'[^'<]*'`;
const equals = `${blank}*=${blank}*`;
const openTag = new RegExp(`<(${name})((?:${blank}+${name}${equals}(?:${value}))*)${blank}*(/?)>`, 'y');
const closeTag = new RegExp(`</(${name})${blank}*>`, 'y');
const instruction = /<\?(?!xml[ \t\r\n?])[A-Za-z_:][^]*?\?>/y;
const attributes = new RegExp(`(${name})${equals}(${value})`, 'g');
const oneAttribute = /^ ([A-Za-z]+)="([^"&]*)"$/;
const noAttributes: ReadonlyMap<string, string> = new Map();

/** MathML nests some ten deep; the bound keeps hostile text from exhausting the stack of whoever walks the tree. */
const maxDepth = 256;

/**
 * Reads one XML element, strictly: every tag closed in order, attributes quoted, references known. Comments and processing instructions leave no trace.
 * Throws MarkupError with the place of the first fault.
 */
export function parseElement(text: string): XmlElement {
  const forbidden = forbiddenCharacter.exec(text);
  if (forbidden) throw new MarkupError('a character that XML forbids', forbidden.index);
  const holder: XmlElement = { name: '', attributes: noAttributes, children: [] };
  const open = [holder];
  for (let at = 0; at < text.length;) {
    const tag = text.indexOf('<', at);
    const end = tag < 0 ? text.length : tag;
    if (end > at) addText(text, { at, end }, open);
    at = tag < 0 ? end : readMarkup(text, tag, open);
  }
  if (open.length > 1) throw new MarkupError(`<${open.at(-1)?.name}> that is never closed`, text.length);
  const [root, ...rest] = holder.children;
  if (root === undefined || typeof root === 'string' || rest.length > 0) throw new MarkupError('more or less than one element', 0);
  return root;
}

/** Reads what begins with the `<` at `at`; returns the position behind it. */
function readMarkup(text: string, at: number, open: XmlElement[]): number {
  const next = text[at + 1];
  if (next === '/') return close(text, at, open);
  if (next === '!') return comment(text, at) ?? section(text, at, open);
  if (next === '?') return at + matchAt(instruction, text, at)[0].length;
  return element(text, at, open);
}

function element(text: string, at: number, open: XmlElement[]): number {
  const plain = behindLetters(text, at + 1);
  if (plain > at + 1 && text[plain] === '>') {
    add({ name: text.slice(at + 1, plain), attributes: noAttributes, children: [] }, { at, open });
    return plain + 1;
  }
  const [whole, name, given, selfClosing] = matchAt(openTag, text, at) as unknown as [string, string, string, string];
  const attributes = given === '' ? noAttributes : readAttributes(given, at);
  add({ name, attributes, children: [] }, { at, open, isEmpty: selfClosing !== '' });
  return at + whole.length;
}

function add(made: XmlElement, { at, open, isEmpty = false }: { at: number; open: XmlElement[]; isEmpty?: boolean }): void {
  open.at(-1)?.children.push(made);
  if (!isEmpty) open.push(made);
  if (open.length > maxDepth) throw new MarkupError(`elements nested deeper than ${maxDepth}`, at);
}

/** Most tags are letters alone, and much faster to read so. */
function behindLetters(text: string, from: number): number {
  let at = from;
  for (let letter = text.charCodeAt(at) | 0x20; letter >= 0x61 && letter <= 0x7a; letter = text.charCodeAt(at) | 0x20) at++;
  return at;
}

function close(text: string, at: number, open: XmlElement[]): number {
  const { name: opened } = open.at(-1)!;
  const behind = at + 2 + opened.length;
  if (opened !== '' && text.startsWith(opened, at + 2) && text[behind] === '>') {
    open.pop();
    return behind + 1;
  }
  const [whole, tag] = matchAt(closeTag, text, at);
  const closed = open.length > 1 ? open.pop()?.name : undefined;
  if (closed !== tag) throw new MarkupError(`</${tag}> where ${closed === undefined ? 'nothing' : `<${closed}>`} is open`, at);
  return at + whole.length;
}

function comment(text: string, at: number): number | undefined {
  if (!text.startsWith('<!--', at)) return undefined;
  const end = text.indexOf('--', at + 4);
  if (end < 0 || text[end + 2] !== '>') throw new MarkupError('a comment that is not closed by "-->"', at);
  return end + 3;
}

function section(text: string, at: number, open: XmlElement[]): number {
  const end = text.startsWith('<![CDATA[', at) ? text.indexOf(']]>', at) : -1;
  if (end < 0) throw new MarkupError('a declaration or an unclosed CDATA section', at);
  open.at(-1)?.children.push(text.slice(at + 9, end));
  return end + 3;
}

function addText(whole: string, { at, end }: { at: number; end: number }, open: XmlElement[]): void {
  const { children } = open[open.length - 1]!;
  if (isBlank(whole, at, end)) {
    // Between most tags: not worth a text of its own.
    children.push(' ');
    return;
  }
  const text = whole.slice(at, end);
  if (text.includes(']]>')) throw new MarkupError('"]]>" outside a CDATA section', at + text.indexOf(']]>'));
  children.push(decodeAt(text, at));
}

/** What is not above a blank is white space: all else there is forbidden, and has been looked for. */
function isBlank(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (text.charCodeAt(at) > 0x20) return false;
  return true;
}

function readAttributes(given: string, at: number): ReadonlyMap<string, string> {
  const [, name, simple] = oneAttribute.exec(given) ?? [];
  if (name !== undefined && simple !== undefined) return new Map([[name, simple]]);
  const read = new Map<string, string>();
  for (const [, key = '', quoted = ''] of given.matchAll(attributes)) {
    if (read.has(key)) throw new MarkupError(`the attribute ${key} twice`, at);
    read.set(key, decodeAt(quoted.slice(1, -1), at));
  }
  return read;
}

function decodeAt(text: string, at: number): string {
  try {
    return decodeReferences(text);
  } catch (error) {
    throw error instanceof MarkupError ? error.shifted(at) : error;
  }
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray {
  pattern.lastIndex = at;
  const match = pattern.exec(text);
  if (match === null) throw new MarkupError(`the broken tag ${JSON.stringify(text.slice(at, at + 30))}`, at);
  return match;
}
