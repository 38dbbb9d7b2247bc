import { InputError } from '../input-error';
import { problem, type StudyProblem } from '../problems';
import type { KeyPath, StudySource } from '../yaml/source';
import { dotted } from '../yaml/validate';

interface Finding {
  /** What the key was expected to be, after its name. */
  rule: string;
  got: string;
  next: string;
}

/** Collects what is wrong with a merged study, each with the place where the key was last written. */
export class Notes {
  readonly problems: StudyProblem[] = [];
  /** Files that are not in place yet. Whether that stops a command is for the command to decide. */
  readonly missing: StudyProblem[] = [];

  constructor(private readonly chain: readonly StudySource[]) {}

  wrong(path: KeyPath, finding: Finding): void {
    this.problems.push(this.note(path, finding));
  }

  lacks(path: KeyPath, finding: Finding): void {
    this.missing.push(this.note(path, finding));
  }

  /** What reading gives, or the fallback if the input was at fault, which is noted. */
  attempt<Result>(path: KeyPath, { read, otherwise }: { read: () => Result; otherwise: Result }): Result {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      this.problems.push({ key: dotted(path), position: null, message: error.message });
      return otherwise;
    }
  }

  private note(path: KeyPath, { rule, ...rest }: Finding): StudyProblem {
    const key = dotted(path);
    const writer = this.chain.findLast((source) => source.has(path));
    return problem({ key, expected: `${key} ${rule}`, where: writer?.valueAt(path) ?? 'by default', ...rest });
  }
}
