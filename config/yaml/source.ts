import { isMap, isNode, isScalar, isSeq, type Document, type LineCounter, type Node } from 'yaml';
import type { Position, Where } from '../problems';

export type KeyPath = readonly (string | number)[];

/** One study file: its plain value, and where each key of it stands. */
export interface StudySource {
  file: string;
  value: Readonly<Record<string, unknown>>;
  /** The name of a key, or of the deepest part of its path that is in the file. */
  keyAt(path: KeyPath): Where;
  /** What is written there. */
  valueAt(path: KeyPath): Where;
  has(path: KeyPath): boolean;
}

/** Positions from the YAML nodes, for messages with line and column. */
export function positionsIn(document: Document.Parsed, { file, lines }: { file: string; lines: LineCounter }) {
  const at = (node: Node | null): Position => {
    const { line, col } = lines.linePos(node?.range?.[0] ?? 0);
    return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  return {
    keyAt: (path: KeyPath) => at(walk(document.contents, path).key),
    valueAt: (path: KeyPath) => at(walk(document.contents, path).value),
    has: (path: KeyPath) => walk(document.contents, path).whole,
  };
}

interface Place {
  key: Node | null;
  value: Node | null;
  /** Whether the path was followed to its end. */
  whole: boolean;
}

function walk(root: Node | null, path: KeyPath): Place {
  let place: Place = { key: root, value: root, whole: true };
  for (const step of path) {
    const next = child(place.value, step);
    if (next === undefined) return { ...place, whole: false };
    place = next;
  }
  return place;
}

function child(parent: Node | null, step: string | number): Place | undefined {
  if (isSeq(parent)) {
    const item = parent.items[Number(step)];
    return isNode(item) ? { key: item, value: item, whole: true } : undefined;
  }
  if (!isMap(parent)) return undefined;
  const pair = parent.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
  if (pair === undefined) return undefined;
  const key = isNode(pair.key) ? pair.key : null;
  return { key, value: isNode(pair.value) ? pair.value : key, whole: true };
}
