import path from 'node:path';
import { problem, type StudyProblem } from '../problems';
import { dotted } from './validate';
import type { KeyPath, StudySource } from './source';

const LIST = /\.txt$/;

/** Keys whose text is a path, always or when it looks like one. */
const PATH_KEYS: Readonly<Record<string, (text: string) => boolean>> = {
  'pubmed.files': () => true,
  'rank.journalFiles': () => true,
  'rank.coreFiles': () => true,
  'world.from': () => true,
  'published.numbers': () => true,
  'published.claims': () => true,
  'keywords.list': (text) => LIST.test(text),
  'keywords.comparison': (text) => LIST.test(text),
  'clinical.filter': (text) => LIST.test(text),
};

const VARIABLE = /\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g;

interface Visit {
  source: StudySource;
  env: NodeJS.ProcessEnv;
  problems: StudyProblem[];
}

/**
 * The value of a study file with all its paths absolute and their `${NAME}` replaced.
 * Done before merging, since a path is relative to the file that holds it.
 */
export function withAbsolutePaths(source: StudySource, env: NodeJS.ProcessEnv) {
  const problems: StudyProblem[] = [];
  const value = absolute(source.value, [], { source, env, problems }) as Record<string, unknown>;
  return { value, problems };
}

function absolute(value: unknown, at: KeyPath, visit: Visit): unknown {
  if (typeof value === 'string') return absoluteText(value, at, visit);
  if (Array.isArray(value)) return value.map((item, index) => absolute(item, [...at, index], visit));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, absolute(child, [...at, key], visit)]));
}

function absoluteText(text: string, at: KeyPath, visit: Visit): string {
  const isPath = PATH_KEYS[at.filter((step) => typeof step === 'string').join('.')]?.(text) ?? false;
  if (!isPath) {
    if (text.search(VARIABLE) >= 0) visit.problems.push(variableOutsidePath(text, at, visit.source));
    return text;
  }
  return path.resolve(path.dirname(visit.source.file), expand(text, at, visit));
}

/** A variable at the front may be relative: then to the working directory, as shells have it. */
function expand(text: string, at: KeyPath, { source, env, problems }: Visit): string {
  return text.replace(VARIABLE, (written, name: string, offset: number) => {
    const value = env[name];
    if (value) return offset === 0 ? path.resolve(value) : value;
    const next = `Set it in the environment or in .env, for example ${name}=/path/to/folder.`;
    const key = dotted(at);
    problems.push(problem({ key, expected: `${name} to be set, as ${key} asks for it`, got: 'nothing', where: source.valueAt(at), next }));
    return written;
  });
}

function variableOutsidePath(text: string, at: KeyPath, source: StudySource): StudyProblem {
  const key = dotted(at);
  const expected = 'variables in paths only';
  return problem({ key, expected, got: JSON.stringify(text), where: source.valueAt(at), next: 'Write the value out.' });
}
