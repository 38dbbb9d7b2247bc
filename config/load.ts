import { canonicalJson } from '../dag/canonical';
import { sha256 } from '../dag/digest';
import { environment } from './environment';
import { StudyError, type StudyProblem } from './problems';
import { projectRoot } from './project-root';
import type { Places } from './resolve/file-refs';
import { KnownDigests } from './resolve/known-digests';
import { Notes } from './resolve/notes';
import { resolveStudy } from './resolve/study';
import { studyFile } from './schema/file';
import type { Study } from './study';
import { findStudy, readChain } from './yaml/chain';
import { merge } from './yaml/merge';
import { withAbsolutePaths } from './yaml/paths';
import type { KeyPath, StudySource } from './yaml/source';
import { validate, valueIn } from './yaml/validate';

export { StudyError, type StudyProblem } from './problems';
export { studyNames } from './yaml/chain';

export interface LoadedStudy {
  /** Resolved: plain, frozen, without a path, so that it may enter keys and travel to workers. */
  study: Study;
  /** sha256 → absolute path of each file and folder of the user. Never in a key. */
  places: Readonly<Places>;
  /** sha256 of the canonical JSON of the study. */
  digest: string;
  /** The YAML files it came from, the base first. */
  sources: readonly string[];
  /** Files that are not in place. Empty unless `missingFiles` is `list`. */
  missing: readonly StudyProblem[];
}

export interface LoadOptions {
  root?: string;
  /** For `${NAME}` in paths; default: the environment over `.env` at the project root. */
  env?: NodeJS.ProcessEnv;
  /** Keys given on the command line, over all files, in the shape of a study file. */
  override?: Readonly<Record<string, unknown>>;
  /** `list` for commands that need no ranking, such as `try`; default `refuse`. */
  missingFiles?: 'refuse' | 'list';
  /** Where digests of the user's files are kept, so that a file that is as it was is not read again. Default: nowhere. */
  digests?: string;
}

/**
 * Reads a study by name or path, with all it extends, and resolves it.
 * @throws StudyError (exit code 2) with every problem found, each with file, line and column
 */
export async function loadStudy(nameOrFile: string, options: LoadOptions = {}): Promise<LoadedStudy> {
  const root = options.root ?? projectRoot();
  const file = findStudy({ nameOrFile, from: process.cwd(), root, where: 'the study that was asked for' });
  const chain = [...readChain(file, root), ...overriding(options.override)];
  const merged = studyFile.parse(mergeAll(chain, options.env ?? environment(root)));
  const notes = new Notes(chain);
  const places: Places = {};
  const known = new KnownDigests(options.digests ?? null);
  const study = await resolveStudy(merged, { root, notes, places, known });
  known.save();
  const refused = options.missingFiles === 'list' ? notes.problems : [...notes.problems, ...notes.missing];
  if (refused.length > 0) throw new StudyError(refused);
  const sources = chain.map((source) => source.file).filter((name) => name !== COMMAND_LINE);
  return deepFreeze({ study, places, digest: studyDigest(study), sources, missing: notes.missing });
}

/** sha256 of the canonical JSON of a resolved study. */
export function studyDigest(study: Study): string {
  return sha256(canonicalJson(study));
}

function mergeAll(chain: readonly StudySource[], env: NodeJS.ProcessEnv): Record<string, unknown> {
  const parts = chain.map((source) => withAbsolutePaths(source, env));
  const problems = parts.flatMap((part) => part.problems);
  if (problems.length > 0) throw new StudyError(problems);
  return parts.reduce<Record<string, unknown>>((all, { value }) => merge(all, value), {});
}

const COMMAND_LINE = 'the command line';

function overriding(value: LoadOptions['override']): StudySource[] {
  if (value === undefined) return [];
  const has = (path: KeyPath) => valueIn(value, path) !== undefined;
  const source: StudySource = { file: COMMAND_LINE, value, keyAt: () => COMMAND_LINE, valueAt: () => COMMAND_LINE, has };
  const problems = validate(source).filter(({ key }) => key !== 'name');
  if (problems.length > 0) throw new StudyError(problems);
  return [source];
}

function deepFreeze<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null) return value;
  Object.values(value).forEach(deepFreeze);
  return Object.freeze(value);
}
