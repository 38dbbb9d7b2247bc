const PARTS: Readonly<Record<string, (when: string) => string>> = {
  '{yyyy}': (when) => when.slice(0, 4),
  '{mm}': (when) => when.slice(5, 7),
  '{dd}': (when) => when.slice(8, 10),
};

/** The vintage that a pattern means at a time, in UTC: `{yyyy}-{mm}` is `2026-11` all November. A name without a pattern is itself. */
export function vintageAt(pattern: string, when: Date): string {
  return pattern.replace(/\{(yyyy|mm|dd)\}/g, (part) => PARTS[part]!(when.toISOString()));
}
