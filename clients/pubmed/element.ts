/** One XML element with its children in document order; references are decoded, comments and processing instructions gone, white space alone is one blank. */
export interface XmlElement {
  name: string;
  attributes: ReadonlyMap<string, string>;
  children: (XmlElement | string)[];
}

/** The child elements of that name. */
export function childrenOf(element: XmlElement | undefined, name: string): XmlElement[] {
  return (element?.children ?? []).filter((child): child is XmlElement => typeof child !== 'string' && child.name === name);
}

/** The first element down a path of names, taking the first child of each name. */
export function first(element: XmlElement | undefined, ...path: string[]): XmlElement | undefined {
  let at = element;
  for (const name of path) at = at?.children.find((child): child is XmlElement => typeof child !== 'string' && child.name === name);
  return at;
}

/** Words with one blank between them: most texts, and nothing to be done to them. U+0085 is white space to Unicode alone. */
const clean = /^[^\s\u0085]+(?: [^\s\u0085]+)*$/;

/** A text of more words than fit on its stack stops the expression. */
const LONG = 1_000_000;

/** All text in document order, inline tags and MathML opened up, runs of white space (Unicode's, no-break included) one blank; null if none. */
export function textOf(element: XmlElement | undefined): string | null {
  if (element === undefined) return null;
  const text = rawText(element);
  if (text.length < LONG && clean.test(text)) return text;
  // Not `trim`, which takes U+FEFF too: it shows nothing, and is no white space.
  return text.replace(/\p{White_Space}+/gu, ' ').replace(/^ | $/g, '') || null;
}

/** The texts of many elements, empty ones left out. */
export function textsOf(elements: XmlElement[]): string[] {
  return elements.map(textOf).filter((text) => text !== null);
}

function rawText(element: XmlElement): string {
  const [only = '', more] = element.children;
  if (typeof only === 'string' && more === undefined) return only;
  return element.children.map((child) => (typeof child === 'string' ? child : rawText(child))).join('');
}
