export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * One text for one value: keys in code-unit order, no blanks, numbers as JSON writes them.
 * It is what keys are hashed from, so anything that has no single spelling is refused.
 * @throws TypeError for undefined, functions, dates, maps, bigints and numbers that are not finite, naming where they stand.
 */
export function canonicalJson(value: unknown, at = '$'): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') return numberText(value, at);
  // Array.from, since map would pass over holes.
  if (Array.isArray(value)) return `[${Array.from(value, (item, index) => canonicalJson(item, `${at}[${index}]`)).join(',')}]`;
  if (isPlainObject(value)) return objectText(value, at);
  throw new TypeError(`Expected plain JSON at ${at}, got ${kindOf(value)}. Turn it into text, numbers, lists or plain objects first.`);
}

function numberText(value: number, at: string): string {
  if (!Number.isFinite(value)) throw new TypeError(`Expected a finite number at ${at}, got ${value}. Use null for an unknown value.`);
  return JSON.stringify(Object.is(value, -0) ? 0 : value);
}

function objectText(value: Record<string, unknown>, at: string): string {
  const parts = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key], `${at}.${key}`)}`);
  return `{${parts.join(',')}}`;
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  // Values that crossed a realm (jest, a worker thread) have another Object; their prototype's prototype is null all the same.
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function kindOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return typeof value;
  return value.constructor.name;
}
