import { existsSync, readdirSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { nearest } from '../nearest';
import { problem, StudyError, type Where } from '../problems';
import { STUDY_NAME } from '../schema/file';
import { readStudySource } from './read';
import type { StudySource } from './source';
import { validate } from './validate';

const STUDY_FILE = /\.ya?ml$/;

/** Names of the studies that ship, in alphabetical order. */
export function studyNames(root: string): string[] {
  const names = readdirSync(path.join(root, 'config', 'studies')).filter((file) => file.endsWith('.yaml'));
  return names.map((file) => file.slice(0, -'.yaml'.length)).sort();
}

interface Wanted {
  nameOrFile: string;
  /** Folder that a path is relative to. */
  from: string;
  root: string;
  /** Who asks: for the message. */
  where: Where;
}

/**
 * The file of a study, by name (of `config/studies`) or by path.
 * @throws StudyError listing the studies there are
 */
export function findStudy({ nameOrFile, from, root, where }: Wanted): string {
  const byPath = STUDY_FILE.test(nameOrFile) || nameOrFile.includes('/') || nameOrFile.includes(path.sep);
  const file = byPath ? path.resolve(from, nameOrFile) : path.join(root, 'config', 'studies', `${nameOrFile}.yaml`);
  if (existsSync(file)) return realpathSync(file);
  const names = studyNames(root);
  const near = nearest(nameOrFile, names);
  const next = near === undefined ? `Studies that ship: ${names.join(', ')}; or give a path to a .yaml file.` : `Did you mean ${near}?`;
  const got = byPath ? `${nameOrFile}, which does not exist` : nameOrFile;
  throw new StudyError([problem({ expected: 'the name or the file of a study', got, where, next })]);
}

/**
 * A study file and those it extends, the base first, each valid by itself.
 * @throws StudyError for circles and for every fault of the files
 */
export function readChain(file: string, root: string, above: readonly string[] = []): StudySource[] {
  const source = readStudySource(file);
  const problems = [...validate(source), ...wrongName(source)];
  if (problems.length > 0) throw new StudyError(problems);
  const base = source.value['extends'];
  if (typeof base !== 'string') return [source];
  const where = source.valueAt(['extends']);
  const baseFile = findStudy({ nameOrFile: base, from: path.dirname(file), root, where });
  const seen = [...above, file];
  if (seen.includes(baseFile)) throw new StudyError([circle([...seen, baseFile], where)]);
  return [...readChain(baseFile, root, seen), source];
}

function circle(files: readonly string[], where: Where) {
  const got = `a circle: ${files.map((file) => path.basename(file)).join(' → ')}`;
  return problem({
    key: 'extends',
    expected: 'studies that extend each other in one direction',
    got,
    where,
    next: 'Remove one `extends`.',
  });
}

function wrongName({ file, value, valueAt }: StudySource) {
  const basename = path.basename(file).replace(STUDY_FILE, '');
  if (value['name'] === undefined || value['name'] === basename || !STUDY_NAME.test(String(value['name']))) return [];
  const expected = `name to be the basename of its file, ${basename}`;
  return [
    problem({ key: 'name', expected, got: String(value['name']), where: valueAt(['name']), next: 'Change the name, or rename the file.' }),
  ];
}
