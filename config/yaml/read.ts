import { readFileSync } from 'node:fs';
import { isAlias, isMap, isNode, isScalar, LineCounter, parseDocument, visit, type Document, type YAMLError } from 'yaml';
import { problem, shownPath, StudyError, type StudyProblem } from '../problems';
import { positionsIn, type StudySource } from './source';

// The paper's study, with all its comments, is a twentieth of this.
const MAX_BYTES = 512 * 1024;

/**
 * Reads one study file. Only plain YAML is taken: one mapping, no tags, anchors or aliases, each key once.
 * @throws StudyError naming every fault of the text with line and column
 */
export function readStudySource(file: string): StudySource {
  const lines = new LineCounter();
  const document = parseDocument(readText(file), { lineCounter: lines });
  const positions = positionsIn(document, { file, lines });
  const place = { file, lines };
  const syntax = [...document.errors, ...document.warnings].map((fault) => syntaxProblem(fault, file));
  const problems = syntax.length > 0 ? syntax : [...notPlain(document, place), ...notMapping(document, file)];
  if (problems.length > 0) throw new StudyError(problems);
  return { file, value: document.toJS() as Record<string, unknown>, ...positions };
}

function readText(file: string): string {
  const refuse = (got: string, next: string) =>
    new StudyError([problem({ expected: 'a study file of YAML in UTF-8', got, where: shownPath(file), next })]);
  let raw: Buffer;
  try {
    raw = readFileSync(file);
  } catch (error) {
    throw refuse(String((error as NodeJS.ErrnoException).code ?? error), 'Check the path.');
  }
  if (raw.length > MAX_BYTES)
    throw refuse(`${raw.length} bytes`, `Keep it under ${MAX_BYTES} bytes; long lists go into files of their own.`);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(raw);
  } catch {
    throw refuse('bytes that are not UTF-8', 'Save it as UTF-8.');
  }
}

const SYNTAX: Partial<Record<string, { expected: string; got: string; next: string }>> = {
  DUPLICATE_KEY: { expected: 'each key once', got: 'the same key again', next: 'Keep one of the two.' },
  TAB_AS_INDENT: { expected: 'blanks as indentation', got: 'a tab', next: 'Replace it by two blanks.' },
  MULTIPLE_DOCS: { expected: 'one YAML document', got: 'a second one after ---', next: 'Make it a file of its own.' },
  RESOURCE_EXHAUSTION: { expected: 'a study a few levels deep', got: 'nesting without end', next: 'Close the brackets.' },
};

function syntaxProblem(fault: YAMLError, file: string): StudyProblem {
  const start = fault.linePos?.[0];
  const where = start === undefined ? shownPath(file) : { file, line: start.line, column: start.col };
  const said = (fault.message.split(/ at line \d+/)[0] ?? fault.message).replace(/\.$/, '');
  const known = SYNTAX[fault.code] ?? { expected: 'plain YAML', got: `a fault: ${said}`, next: 'Correct the text there.' };
  return problem({ ...known, where });
}

/** Anchors can make a few lines expand to gigabytes, and hide where a value was written; `extends` does their work. */
function notPlain(document: Document.Parsed, { file, lines }: { file: string; lines: LineCounter }): StudyProblem[] {
  const found: StudyProblem[] = [];
  visit(document, {
    Node(_, node) {
      const { line, col } = lines.linePos(node.range?.[0] ?? 0);
      const what = notPlainBecause(node);
      if (what === undefined) return;
      const next = 'Write the value out, or use extends.';
      found.push(problem({ expected: 'plain values', got: what, where: { file, line, column: col }, next }));
    },
  });
  return found;
}

function notPlainBecause(node: unknown): string | undefined {
  if (!isNode(node)) return undefined;
  if (isAlias(node)) return `the alias *${node.source}`;
  if ('anchor' in node && node.anchor) return `the anchor &${node.anchor}`;
  if (isScalar(node) && node.tag?.startsWith('tag:yaml.org,2002:binary')) return 'binary data';
  return undefined;
}

function notMapping(document: Document.Parsed, file: string): StudyProblem[] {
  if (isMap(document.contents)) return [];
  const got = document.contents === null ? 'an empty file' : `${isScalar(document.contents) ? 'a single value' : 'a list'}`;
  return [
    problem({ expected: 'a mapping of keys', got, where: shownPath(file), next: 'Begin with `name:` and `extends: ai-life-science`.' }),
  ];
}
