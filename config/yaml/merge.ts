type Mapping = Readonly<Record<string, unknown>>;

/** The second over the first: mappings are merged key by key, everything else, lists included, is replaced. */
export function merge(base: Mapping, over: Mapping): Record<string, unknown> {
  const merged: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(over)) {
    const before = merged[key];
    merged[key] = isMapping(before) && isMapping(value) ? merge(before, value) : value;
  }
  return merged;
}

function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
