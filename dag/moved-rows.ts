import type { CueParts, RowsMoved } from './cues';

/** Two digests of one input: what a step read when it ran last, and what it would read now. */
export interface InputChange {
  readonly was: string;
  readonly is: string;
}

/** Answers for the changes that are cheap to count; the others are left out. */
export type CountMoved = (changes: readonly InputChange[]) => Promise<ReadonlyMap<string, RowsMoved>>;

/** What an answer is found by. */
export function changeName({ was, is }: InputChange): string {
  return `${was} ${is}`;
}

/** The inputs of a step that changed and are known on both sides, by name. */
export function changedInputs(before: CueParts | null | undefined, now: CueParts): ReadonlyMap<string, InputChange> {
  const changed = new Map<string, InputChange>();
  for (const [name, is] of Object.entries(now.inputs)) {
    const was = Object.hasOwn(before?.inputs ?? {}, name) ? before!.inputs[name] : null;
    if (was != null && is !== null && was !== is) changed.set(name, { was, is });
  }
  return changed;
}

/** The rows that moved in each changed input of a step, as far as they were counted. */
export function movedByInput(
  changed: ReadonlyMap<string, InputChange>,
  counted: ReadonlyMap<string, RowsMoved>,
): Record<string, RowsMoved> {
  const found = [...changed].flatMap(([name, change]) => {
    const moved = counted.get(changeName(change));
    return moved === undefined ? [] : [[name, moved] as const];
  });
  return Object.fromEntries(found);
}
