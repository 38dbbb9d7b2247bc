/** One XML element with its children in document order; references are decoded, comments and processing instructions gone. */
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
  return path.reduce<XmlElement | undefined>((at, name) => childrenOf(at, name)[0], element);
}

/** All text in document order, inline tags and MathML opened up, runs of white space (Unicode's, no-break included) one blank; null if none. */
export function textOf(element: XmlElement | undefined): string | null {
  if (element === undefined) return null;
  return (
    rawText(element)
      .replace(/\p{White_Space}+/gu, ' ')
      .trim() || null
  );
}

/** The texts of many elements, empty ones left out. */
export function textsOf(elements: XmlElement[]): string[] {
  return elements.map(textOf).filter((text) => text !== null);
}

function rawText(element: XmlElement): string {
  return element.children.map((child) => (typeof child === 'string' ? child : rawText(child))).join('');
}
