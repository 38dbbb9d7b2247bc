import { canonicalJson, type Json } from './canonical';

export type CueName = 'forced' | 'never-ran' | 'failed' | 'code' | 'param' | 'input' | 'vintage' | 'output-missing';

/** One reason why a step runs: what it was, what it is. */
export interface Cue {
  readonly cue: CueName;
  readonly was: string | null;
  readonly is: string | null;
}

/** The module closure of a step: file or package → digest or version. */
export type CodeParts = Readonly<Record<string, string>>;

/** The parts of a key as people compare them. An input whose digest is not known yet is null. */
export interface CueParts {
  readonly code: CodeParts;
  readonly params: Json;
  readonly inputs: Readonly<Record<string, string | null>>;
  readonly vintage: string | null;
  /** Rows of each input, where they are known. */
  readonly rows?: Readonly<Record<string, number | null>>;
}

/** Rows that an input has now and had not before, and those that are gone. A changed row is one of each. */
export interface RowsMoved {
  readonly added: number;
  readonly removed: number;
}

export interface Candidate {
  readonly forced: boolean;
  readonly failed: string | null;
  readonly outputMissing: boolean;
  readonly before: CueParts | null;
  readonly now: CueParts;
  /** Rows that moved in changed inputs, where they were counted. */
  readonly moved?: Readonly<Record<string, RowsMoved>>;
}

type Reader = (candidate: Candidate) => readonly Cue[];

/** The order is the order users read them in; every cue that applies is reported. */
const ladder: readonly Reader[] = [forced, neverRan, failed, codeChanged, paramChanged, inputChanged, vintageChanged, outputMissing];

/** All reasons why a step must run; none means that it is current. */
export function whyRun(candidate: Candidate): Cue[] {
  return ladder.flatMap((read) => read(candidate));
}

/** One line for a summary: `param changed: keywords.entries[3] "robot" → "robots"`. */
export function cueLine(cue: Cue): string {
  return `${cue.cue.replace('-', ' ')}${changeOf(cue)}`;
}

/** What a step failed with has no new value: it is to be seen. */
function changeOf({ cue, was, is }: Cue): string {
  if (was === null && is === null) return '';
  return cue === 'failed' ? `: ${was ?? ''}` : `: ${was ?? 'none'} → ${is ?? 'none'}`;
}

function forced({ forced: asked }: Candidate): Cue[] {
  return asked ? [{ cue: 'forced', was: null, is: null }] : [];
}

function neverRan({ before }: Candidate): Cue[] {
  return before === null ? [{ cue: 'never-ran', was: null, is: null }] : [];
}

function failed({ failed: message }: Candidate): Cue[] {
  return message === null ? [] : [{ cue: 'failed', was: message, is: null }];
}

function codeChanged({ before, now }: Candidate): Cue[] {
  return before === null
    ? []
    : changes(before.code, now.code).map(([name, was, is]) => ({ cue: 'code', was: part(name, was), is: part(name, is) }));
}

function paramChanged({ before, now }: Candidate): Cue[] {
  if (before === null) return [];
  return jsonChanges(before.params, now.params, '').map(([path, was, is]) => ({ cue: 'param', was: part(path, was), is: part(path, is) }));
}

function inputChanged({ before, now, moved }: Candidate): Cue[] {
  if (before === null) return [];
  return changes(before.inputs, now.inputs).map(([name, was, is]) => ({
    cue: 'input',
    was: was === null && Object.hasOwn(before.inputs, name) ? `${name} to be rebuilt` : told(name, was, rowsText(before.rows, name)),
    is: is === null && Object.hasOwn(now.inputs, name) ? `${name} will be rebuilt` : told(name, is, rowsText(now.rows, name, moved)),
  }));
}

function told(name: string, digest: string | null, rows: string | null): string | null {
  const shown = part(name, digest);
  return shown === null || rows === null ? shown : `${shown} (${rows})`;
}

function rowsText(rows: CueParts['rows'], name: string, moved: Candidate['moved'] = {}): string | null {
  const count = own(rows ?? {}, name);
  if (count == null) return null;
  const change = own(moved, name);
  return change === undefined ? `${count} rows` : `${count} rows: ${change.added} added, ${change.removed} removed`;
}

function vintageChanged({ before, now }: Candidate): Cue[] {
  return before === null || before.vintage === now.vintage ? [] : [{ cue: 'vintage', was: before.vintage, is: now.vintage }];
}

function outputMissing({ outputMissing: missing }: Candidate): Cue[] {
  return missing ? [{ cue: 'output-missing', was: null, is: null }] : [];
}

type Change = readonly [name: string, was: string | null, is: string | null];

function changes(before: Readonly<Record<string, string | null>>, now: Readonly<Record<string, string | null>>): Change[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(now)])].sort();
  return names.map((name): Change => [name, own(before, name) ?? null, own(now, name) ?? null]).filter(([, was, is]) => was !== is);
}

/** Paths at which two JSON values differ. Lists are compared as sets of texts when they hold only texts, so that one keyword more is one change. */
export function jsonChanges(before: Json | undefined, now: Json | undefined, path: string): Change[] {
  if (isObject(before) && isObject(now)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(now)])].sort();
    return names.flatMap((name) => jsonChanges(own(before, name), own(now, name), path === '' ? name : `${path}.${name}`));
  }
  if (isTexts(before) && isTexts(now)) return listChanges(before, now, path);
  if (isNamed(before) && isNamed(now)) return jsonChanges(byName(before), byName(now), path);
  const was = before === undefined ? null : canonicalJson(before);
  const is = now === undefined ? null : canonicalJson(now);
  return was === is ? [] : [[path, was, is]];
}

/** A name such as `constructor` is a name like any other. */
function own<T>(values: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(values, name) ? values[name] : undefined;
}

function listChanges(before: readonly string[], now: readonly string[], path: string): Change[] {
  const gone = before.filter((item) => !now.includes(item)).map((item): Change => [path, JSON.stringify(item), null]);
  const added = now.filter((item) => !before.includes(item)).map((item): Change => [path, null, JSON.stringify(item)]);
  if (gone.length + added.length > 0) return [...gone, ...added];
  return canonicalJson(before) === canonicalJson(now) ? [] : [[path, 'another order', 'this order']];
}

function part(name: string, value: string | null): string | null {
  if (value === null) return null;
  const shown = /^[0-9a-f]{64}$/.test(value) ? value.slice(0, 12) : value.length > 80 ? `${value.slice(0, 79)}…` : value;
  return `${name} ${shown}`;
}

function isObject(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Objects that each have a name, such as files: one more is one change. */
function isNamed(value: Json | undefined): value is readonly { readonly name: string }[] {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((item) => isObject(item as Json) && typeof (item as { name?: unknown }).name === 'string')
  );
}

function byName(items: readonly { readonly name: string }[]): Json {
  return Object.fromEntries(items.map((item) => [item.name, item as unknown as Json]));
}

function isTexts(value: Json | undefined): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
