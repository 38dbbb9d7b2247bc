import { z } from 'zod';
import { studyFile } from '../schema/file';
import type { KeyPath } from './source';

/** The part of JSON Schema that the study schema uses. */
export interface SchemaNode {
  type?: string;
  const?: unknown;
  enum?: unknown[];
  anyOf?: SchemaNode[];
  items?: SchemaNode | SchemaNode[];
  properties?: Record<string, SchemaNode>;
  pattern?: string;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  minItems?: number;
}

const PATTERNS: Record<string, string> = {
  '^[a-z0-9-]+$': 'a name of a-z, 0-9 and -',
  '^C\\d+$': 'an OpenAlex concept id such as C71924100',
  '\\.txt$': 'a path that ends in .txt',
  '^(domains|fields|subfields)\\/\\d+$': 'an OpenAlex id such as fields/27',
  '^[a-z0-9][a-z0-9.-]*$': 'a name of a-z, 0-9, - and .',
};

let schema: SchemaNode | undefined;

/** JSON Schema of a study file, for editors and for messages. */
export function fileSchema(): SchemaNode {
  schema ??= z.toJSONSchema(studyFile, { io: 'input', target: 'draft-7' }) as SchemaNode;
  return schema;
}

/** The schema at a key, or undefined if no such key exists. */
export function schemaAt(path: KeyPath, node: SchemaNode | undefined = fileSchema()): SchemaNode | undefined {
  const [step, ...rest] = path;
  if (step === undefined || node === undefined) return node;
  if (typeof step === 'number') return schemaAt(rest, Array.isArray(node.items) ? node.items[step] : node.items);
  return schemaAt(rest, node.properties?.[step]);
}

/** What may stand at a key, in words. */
export function expectation(node: SchemaNode | undefined): string {
  if (node === undefined) return 'nothing';
  if (node.anyOf) return oneOf(node.anyOf.flatMap(alternatives));
  if (node.enum || node.const !== undefined) return oneOf(alternatives(node));
  if (Array.isArray(node.items)) return `a list of ${node.items.length} entries`;
  if (node.items) return `a list of ${node.minItems ? 'one or more ' : ''}${plural(expectation(node.items))}`;
  if (node.properties) return `a mapping with ${Object.keys(node.properties).join(', ')}`;
  if (node.type === 'boolean') return 'true or false';
  if (node.type === 'integer' || node.type === 'number') return numberText(node);
  return textText(node);
}

/** Fixed words among what may stand at a key. */
export function optionsOf(node: SchemaNode | undefined): string[] {
  if (node?.anyOf) return node.anyOf.flatMap(optionsOf);
  return [...(node?.enum ?? []), ...(node?.const === undefined ? [] : [node.const])].map(String);
}

function alternatives(node: SchemaNode): string[] {
  if (node.type === 'null') return ['null'];
  const fixed = optionsOf(node);
  return fixed.length > 0 ? fixed : [expectation(node)];
}

function numberText({ type, minimum, maximum, exclusiveMinimum }: SchemaNode): string {
  const kind = type === 'integer' ? 'a whole number' : 'a number';
  const low = exclusiveMinimum === undefined ? `from ${minimum}` : `above ${exclusiveMinimum}`;
  return `${kind} ${low} ${exclusiveMinimum === undefined ? 'to' : 'and up to'} ${maximum}`;
}

function textText({ pattern }: SchemaNode): string {
  if (pattern === undefined) return 'text';
  if (pattern.startsWith('^\\d{4}')) return 'a date such as 2023, 2023-06 or 2023-06-30';
  return PATTERNS[pattern] ?? `text like ${pattern}`;
}

function plural(words: string): string {
  return words === 'text' ? 'texts' : `entries, each of them ${words}`;
}

function oneOf(words: readonly string[]): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}
