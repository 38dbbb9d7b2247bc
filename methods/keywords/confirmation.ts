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

/** The same where a word stands in whatever satisfies it, at the beginning: looked at is only where it stands. */
export function confirmationAt(word: string, fold: Confirmation['fold'], make: () => RegExp): Confirmation {
  let expression: RegExp | null = null;
  const standsAt = (text: string, at: number): boolean => {
    expression ??= new RegExp(make(), 'uy');
    expression.lastIndex = at;
    return expression.test(text);
  };
  const holds = (text: string): boolean => {
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) if (standsAt(text, at)) return true;
    return false;
  };
  return { fold, holds };
}
