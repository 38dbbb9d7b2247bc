/** What a text must satisfy besides having a phrase in it, folded so and between two blanks. */
export interface Confirmation {
  readonly fold: 'all' | 'case';
  holds(text: string): boolean;
}

/** Most expressions are never asked for, and making them takes longer than all else. */
export function confirmation(fold: Confirmation['fold'], make: () => RegExp): Confirmation {
  let expression: RegExp | null = null;
  return { fold, holds: (text) => (expression ??= make()).test(text) };
}
