/**
 * What to look for in folded text, and the number to report for it: its characters; a blank for the border of a word; `*` for any letters
 * and digits, also none; `?` for one of them or none. Neither mark occurs in folded text. Without blanks at its ends it is found within words.
 */
export type Needle = readonly [text: string, value: number];

/** A place in the needles, shared by those that begin alike. */
export interface Place {
  /** By UTF-16 unit. */
  readonly children: Map<number, Place>;
  /** What follows a `*` here: reached by nothing at all. */
  star: Place | null;
  /** What follows a `?` here: reached by nothing, or by one letter or digit. */
  option: Place | null;
  /** Whether letters and digits stay here. */
  readonly loops: boolean;
  readonly values: number[];
  readonly id: number;
}

const STAR = '*'.charCodeAt(0);
const OPTION = '?'.charCodeAt(0);

/** The trie of all needles; its root has the id 0. */
export function needleTrie(needles: readonly Needle[]): Place {
  let count = 0;
  const make = (loops = false): Place => ({ children: new Map(), star: null, option: null, loops, values: [], id: count++ });
  const root = make();
  for (const [text, value] of needles) {
    let place = root;
    for (let at = 0; at < text.length; at++) place = follow(place, text.charCodeAt(at), make);
    place.values.push(value);
  }
  return root;
}

function follow(place: Place, unit: number, make: (loops?: boolean) => Place): Place {
  if (unit === STAR) return (place.star ??= make(true));
  if (unit === OPTION) return (place.option ??= make());
  const child = place.children.get(unit) ?? make();
  place.children.set(unit, child);
  return child;
}
