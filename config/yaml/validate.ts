import type { z } from 'zod';
import { nearest } from '../nearest';
import { problem, type StudyProblem } from '../problems';
import { studyFile } from '../schema/file';
import { expectation, fileSchema, optionsOf, schemaAt, type SchemaNode } from './expectation';
import type { KeyPath, StudySource } from './source';

const LONGEST_SHOWN = 60;

/** Every fault of one study file against the schema, with position, what was expected, what came and what to do. */
export function validate(source: StudySource): StudyProblem[] {
  const parsed = studyFile.safeParse(source.value);
  if (parsed.success) return [];
  return parsed.error.issues
    .flatMap((issue) => fromIssue(issue, source))
    .sort((a, b) => (a.position?.line ?? 0) - (b.position?.line ?? 0) || (a.position?.column ?? 0) - (b.position?.column ?? 0));
}

function fromIssue(issue: z.core.$ZodIssue, source: StudySource): StudyProblem[] {
  const path = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step));
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey([...path, key], source));
  return [wrongValue(issue, path, source)];
}

function unknownKey(path: KeyPath, source: StudySource): StudyProblem {
  const siblings = Object.keys(schemaAt(path.slice(0, -1))?.properties ?? {});
  const key = dotted(path);
  const near = nearest(String(path.at(-1)), siblings);
  const meant = near === undefined ? elsewhere(String(path.at(-1))) : dotted([...path.slice(0, -1), near]);
  const next = meant === undefined ? `Known there: ${siblings.join(', ')}.` : `Did you mean ${meant}?`;
  return problem({ key, expected: 'a known key', got: key, where: source.keyAt(path), next });
}

/** A key of the same name in another part of the file: people forget under which heading it stands. */
function elsewhere(name: string): string | undefined {
  return knownKeys().find((key) => key.endsWith(`.${name}`));
}

/** All dotted keys of a study file, sections included. */
export function knownKeys(node: SchemaNode = fileSchema(), path: readonly string[] = []): string[] {
  return Object.entries(node.properties ?? {}).flatMap(([name, child]) => [dotted([...path, name]), ...knownKeys(child, [...path, name])]);
}

function wrongValue(issue: z.core.$ZodIssue, path: KeyPath, source: StudySource): StudyProblem {
  const schema = schemaAt(path);
  const value = valueIn(source.value, path);
  const key = dotted(path);
  // A refinement carries its rule as its message; all other rules are in the schema.
  const rule = issue.code === 'custom' ? issue.message : `to be ${expectation(schema)}`;
  const near = typeof value === 'string' ? nearest(value, optionsOf(schema)) : undefined;
  return problem({
    key,
    expected: `${key} ${rule}`,
    got: value === undefined ? 'nothing' : shown(value),
    where: source.valueAt(path),
    next: near === undefined ? advice(schema, value) : `Did you mean ${near}?`,
  });
}

function advice(schema: SchemaNode | undefined, value: unknown): string {
  if (value === undefined) return 'Add it.';
  if (schema?.type === 'boolean' && /^(yes|no|on|off)$/i.test(String(value))) {
    return `Write ${/^(yes|on)$/i.test(String(value)) ? 'true' : 'false'}.`;
  }
  return 'Correct the value.';
}

function shown(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
}

/** What stands at a path of a plain value, or undefined. */
export function valueIn(value: unknown, path: KeyPath): unknown {
  return path.reduce<unknown>(
    (at, step) => (typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[step] : undefined),
    value,
  );
}

/** `pubmed.routes[0]` */
export function dotted(path: KeyPath): string {
  return path.map((step, index) => (typeof step === 'number' ? `[${step}]` : `${index > 0 ? '.' : ''}${step}`)).join('');
}
