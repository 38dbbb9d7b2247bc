/** The one element that matches, of the expected kind; the page composer guarantees it, so its absence is a fault of the page. */
export function part<Kind extends Element>(
  selector: string,
  kind: abstract new (...args: never[]) => Kind,
  within: ParentNode = document,
): Kind {
  const found = within.querySelector(selector);
  if (!(found instanceof kind))
    throw new Error(`Expected an element ${selector} in the page, got ${found ? found.tagName : 'none'}. Make the page again.`);
  return found;
}

/** All elements that match, of the expected kind. */
export function parts<Kind extends Element>(
  selector: string,
  kind: abstract new (...args: never[]) => Kind,
  within: ParentNode = document,
): Kind[] {
  return [...within.querySelectorAll(selector)].filter((found): found is Kind => found instanceof kind);
}
