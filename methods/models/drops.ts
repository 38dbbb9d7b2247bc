import type { Cells } from './cells';
import type { TextColumn } from './column';
import type { Design, Source } from './design';
import { countByCode, recode, rowsAlive } from './loops';
import type { Drop, DropReason, Model } from './model';
import { selectRows, type ModelRows } from './rows';

/** Rows that are left, and why others went. */
export interface Remaining {
  readonly read: ModelRows;
  readonly drops: readonly Drop[];
}

/**
 * Takes out groups without information on the coefficients: of one row (`nb-hhg` only), and with only zeros. Those that are left are
 * numbered in the order of their levels, so that results do not depend on the order of the rows.
 */
export function dropGroups(read: ModelRows, model: Model): Remaining {
  const { group } = read;
  if (group === null) return { read, drops: [] };
  const { rows, sums } = countByCode(group.codes, read.outcome, group.levels.length);
  const reason = (code: number): DropReason | null =>
    model === 'nb-hhg' && rows[code] === 1 ? 'singletonGroups' : sums[code] === 0 ? 'allZeroGroups' : null;
  const place = new Int32Array(rows.length).fill(-1);
  const alive = new Uint8Array(rows.length);
  const levels: string[] = [];
  const drops: Drop[] = [];
  for (let code = 0; code < rows.length; code++) {
    if (rows[code] === 0) continue;
    const why = reason(code);
    if (why !== null) drops.push({ reason: why, rows: rows[code]!, names: [group.levels[code]!] });
    else [place[code], alive[code]] = [levels.push(group.levels[code]!) - 1, 1];
  }
  if (levels.length === rows.length) return { read, drops };
  const left = drops.length === 0 ? read : selectRows(read, rowsAlive(group.codes, alive));
  return { read: { ...left, group: renumbered(left.group!, levels, place) }, drops: merge(drops.sort(singletonsFirst)) };
}

const singletonsFirst = (a: Drop, b: Drop): number => Number(b.reason === 'singletonGroups') - Number(a.reason === 'singletonGroups');

function renumbered(group: TextColumn, levels: readonly string[], place: Int32Array): TextColumn {
  return { kind: 'text', levels, codes: recode(group.codes.slice(), place) };
}

/** What was counted of the rows, and a row of each pattern. */
interface Counted {
  readonly cells: Pick<Cells, 'pattern' | 'size' | 'sum'>;
  readonly example: Int32Array;
  readonly design: Design;
}

/**
 * Levels of factors with only zeros, whose coefficient would be minus infinity, found by pattern of covariates: a level that is left out
 * can make another one.
 * @returns null if there are none; else which patterns are left
 */
export function dropLevels({ cells, example, design }: Counted): { alive: Uint8Array; drop: Drop } | null {
  const byPattern = totalsByPattern(cells, example.length);
  const alive = new Uint8Array(example.length).fill(1);
  const drops: Drop[] = [];
  for (let before = -1; before !== drops.length;) {
    before = drops.length;
    for (const factor of mainFactors(design)) drops.push(...emptyLevels(factor, { ...byPattern, example, alive }));
  }
  return drops.length === 0 ? null : { alive, drop: merge(drops)[0]! };
}

interface Totals {
  readonly rows: Float64Array;
  readonly sums: Float64Array;
}

function totalsByPattern({ pattern, size, sum }: Counted['cells'], patterns: number): Totals {
  const [rows, sums] = [new Float64Array(patterns), new Float64Array(patterns)];
  for (let cell = 0; cell < pattern.length; cell++) {
    rows[pattern[cell]!]! += size[cell]!;
    sums[pattern[cell]!]! += sum[cell]!;
  }
  return { rows, sums };
}

/** Marks the patterns of a factor's empty levels as dead, in place. */
function emptyLevels(
  { name, codes, levels }: Factor,
  { rows, sums, example, alive }: Totals & { example: Int32Array; alive: Uint8Array },
): Drop[] {
  const total = { rows: new Float64Array(levels.length), sums: new Float64Array(levels.length) };
  for (let p = 0; p < alive.length; p++) {
    if (alive[p] === 0) continue;
    const code = codes[example[p]!]!;
    total.rows[code]! += rows[p]!;
    total.sums[code]! += sums[p]!;
  }
  const empty = levels.map((_, code) => total.rows[code]! > 0 && total.sums[code] === 0);
  if (!empty.includes(true)) return [];
  for (let p = 0; p < alive.length; p++) if (empty[codes[example[p]!]!]) alive[p] = 0;
  return levels.flatMap((level, code) =>
    empty[code] ? [{ reason: 'allZeroLevels', rows: total.rows[code]!, names: [`${name}[${level}]`] }] : [],
  );
}

/** One entry for each reason, however often its rule was applied; missing values by column. */
export function merge(drops: readonly Drop[]): Drop[] {
  const merged = new Map<string, { reason: DropReason; rows: number; names: Set<string> }>();
  for (const { reason, rows, names } of drops) {
    const key = reason === 'missing' ? `${reason} ${names.join()}` : reason;
    const known = merged.get(key) ?? { reason, rows: 0, names: new Set() };
    known.rows += rows;
    for (const name of names) known.names.add(name);
    merged.set(key, known);
  }
  return [...merged.values()].filter(({ rows }) => rows > 0).map(({ reason, rows, names }) => ({ reason, rows, names: [...names] }));
}

type Factor = Extract<Source, { kind: 'factor' }>;

function mainFactors({ sources, terms }: Design): Factor[] {
  return terms
    .filter(({ parts }) => parts.length === 1)
    .map(({ parts }) => sources[parts[0]!.source]!)
    .filter((source) => source.kind === 'factor');
}
