import type { Design, Source } from './design';
import type { TextColumn } from './column';
import type { Drop, DropReason, Model } from './model';

/** Rows that are left, and why others went. */
export interface Remaining {
  readonly rows: Int32Array;
  readonly drops: readonly Drop[];
}

/**
 * Takes out rows without information on the coefficients: groups of one row (`nb-hhg` only), groups with only zeros, and levels of a factor
 * with only zeros, whose coefficient would be minus infinity. Repeated until nothing changes, since each can make another.
 */
export function dropUninformative(
  start: Int32Array,
  { outcome, group, design, model }: { outcome: Float64Array; group: TextColumn | null; design: Design; model: Model },
): Remaining {
  let rows = start;
  const drops: Drop[] = [];
  const take = (reason: DropReason, categories: Categories, unwanted: (count: Counted) => boolean): void => {
    const counted = count(rows, categories, outcome);
    const bad = new Set<number>();
    for (let code = 0; code < counted.rows.length; code++) {
      if (counted.rows[code]! > 0 && unwanted({ rows: counted.rows[code]!, sum: counted.sums[code]! })) bad.add(code);
    }
    if (bad.size === 0) return;
    const left = rows.filter((row) => !bad.has(categories.codes[row]!));
    drops.push({ reason, rows: rows.length - left.length, names: [...bad].map((code) => label(categories, code)) });
    rows = left;
  };
  for (let before = -1; before !== rows.length;) {
    before = rows.length;
    if (group !== null && model === 'nb-hhg') take('singletonGroups', group, (counted) => counted.rows === 1);
    if (group !== null) take('allZeroGroups', group, (counted) => counted.sum === 0);
    for (const factor of mainFactors(design)) take('allZeroLevels', factor, (counted) => counted.sum === 0);
  }
  return { rows, drops: merge(drops) };
}

/** One entry for each reason, however often its rule was applied; missing values by column. */
export function merge(drops: readonly Drop[]): Drop[] {
  const merged = new Map<string, Drop>();
  for (const { reason, rows, names } of drops) {
    const key = reason === 'missing' ? `${reason} ${names.join()}` : reason;
    const known = merged.get(key);
    merged.set(key, { reason, rows: rows + (known?.rows ?? 0), names: [...new Set([...(known?.names ?? []), ...names])] });
  }
  return [...merged.values()].filter(({ rows }) => rows > 0);
}

interface Categories {
  readonly codes: Int32Array;
  readonly levels: readonly string[];
  readonly name?: string;
}

interface Counted {
  readonly rows: number;
  readonly sum: number;
}

function count(rows: Int32Array, { codes, levels }: Categories, outcome: Float64Array): { rows: Float64Array; sums: Float64Array } {
  const [times, sums] = [new Float64Array(levels.length), new Float64Array(levels.length)];
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at]!;
    const code = codes[row]!;
    times[code]!++;
    sums[code]! += outcome[row]!;
  }
  return { rows: times, sums };
}

function mainFactors({ sources, terms }: Design): Extract<Source, { kind: 'factor' }>[] {
  return terms
    .filter(({ parts }) => parts.length === 1)
    .map(({ parts }) => sources[parts[0]!.source]!)
    .filter((source) => source.kind === 'factor');
}

function label({ name, levels }: Categories, code: number): string {
  return name === undefined ? levels[code]! : `${name}[${levels[code]}]`;
}
