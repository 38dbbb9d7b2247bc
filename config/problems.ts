import path from 'node:path';
import { InputError } from './input-error';

/** Where in a study file something stands; line and column count from 1. */
export interface Position {
  file: string;
  line: number;
  column: number;
}

/** A position, or in words where there is no file. */
export type Where = Position | string;

export interface StudyProblem {
  /** Dotted key, such as `lead.role`; null when the file as a whole is at fault. */
  key: string | null;
  position: Position | null;
  message: string;
}

/** A study that cannot be used, with everything that is wrong with it. */
export class StudyError extends InputError {
  override name = 'StudyError';

  constructor(readonly problems: readonly StudyProblem[]) {
    super(problems.map(({ message }) => message).join('\n'));
  }
}

interface Wrong {
  key?: string | null;
  expected: string;
  got: string;
  where: Where;
  next: string;
}

/** A problem in the one form all messages have. */
export function problem({ key = null, expected, got, where, next }: Wrong): StudyProblem {
  const from = typeof where === 'string' ? where : positionText(where);
  return {
    key,
    position: typeof where === 'string' ? null : where,
    message: `Expected ${expected}, got ${got} (${from}). ${next}`,
  };
}

/** `file:line:column`, the file as seen from the working directory when it lies below it. */
export function positionText({ file, line, column }: Position): string {
  return `${shownPath(file)}:${line}:${column}`;
}

/** A path as a reader knows it: relative when it lies below the working directory. */
export function shownPath(file: string): string {
  const relative = path.relative(process.cwd(), file);
  return relative === '' || relative.startsWith('..') || path.isAbsolute(relative) ? file : relative;
}
