import { collapse, keepColumns, type Cells } from './cells';
import type { ModelData } from './column';
import { crossProducts } from './cross-products';
import { dropUninformative, merge } from './drops';
import { ModelInputError } from './input-error';
import { dependence } from './linear/dependent';
import { absorbs, hasAlpha, type Drop, type ModelSpec } from './model';
import { codeRows, expand } from './patterns';
import { readRows, type ModelRows } from './rows';
import { separatedCells } from './separation';

/** The rows that a model is fitted to, collapsed, and what was left out on the way. */
export interface Sample {
  readonly cells: Cells;
  /** Index in the data of each row of the sample. */
  readonly rows: Int32Array;
  readonly read: ModelRows;
  readonly drops: readonly Drop[];
  readonly droppedColumns: readonly string[];
  readonly warnings: readonly string[];
}

const COLLINEAR = 1e-9;
/** Dense matrices of this order are solved in seconds; beyond it a factor should be absorbed as the group. */
const MOST_COLUMNS = 2_000;

/**
 * From data to the sample of a model: rows without missing values, without groups, levels and rows that have no finite estimate, and
 * columns that are no combination of others. Every rule's rows are counted and named.
 * @throws ModelInputError if the data cannot be fitted at all
 */
export function takeSample(data: ModelData, spec: ModelSpec): Sample {
  const read = readRows(data, spec);
  let rows = read.complete;
  let drops: readonly Drop[] = read.missing;
  for (;;) {
    const left = dropUninformative(rows, { ...read, model: spec.model });
    drops = merge([...drops, ...left.drops]);
    const { cells, droppedColumns } = cellsOf(read, left.rows, spec);
    const { cells: separated, decided } = separatedCells(cells, absorbs(spec.model));
    if (separated.size === 0) {
      return {
        cells,
        rows: left.rows,
        read,
        drops,
        droppedColumns,
        warnings: warningsOf(read, { droppedColumns, decided, rows: left.rows }),
      };
    }
    const out = left.rows.filter((_, i) => cells.outcome[i] === 0 && separated.has(cells.cellOf[i]!));
    rows = left.rows.filter((_, i) => cells.outcome[i]! > 0 || !separated.has(cells.cellOf[i]!));
    drops = merge([...drops, { reason: 'separated', rows: out.length, names: Array.from(out, (row) => `row ${row + 1}`) }]);
  }
}

/** Indices of the rows that a model would be fitted to, in ascending order: to fit another model to the same ones. */
export function sampleRows(data: ModelData, spec: ModelSpec): Int32Array {
  return takeSample(data, spec).rows;
}

function cellsOf(read: ModelRows, rows: Int32Array, { model }: ModelSpec): { cells: Cells; droppedColumns: string[] } {
  if (rows.length === 0)
    throw new ModelInputError(
      `Expected some outcomes above zero among rows that can be fitted, got none of ${read.complete.length}. Nothing can be estimated from zeros only.`,
    );
  const exposure = read.offset === null ? [] : [{ kind: 'number', name: 'exposure', values: read.offset } as const];
  const coded = codeRows([...read.design.sources, ...exposure], rows);
  const patterns = expand(read.design, coded, { offset: read.offset, constant: !absorbs(model) });
  if (patterns.names.length > MOST_COLUMNS)
    throw new ModelInputError(
      `Expected at most ${MOST_COLUMNS} columns of the design, got ${patterns.names.length}. Make the factor with the most levels the group of a fixed-effects model.`,
    );
  const outcome = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) outcome[i] = read.outcome[rows[i]!]!;
  const { group, groups } = groupsOf(read, rows);
  const cells = collapse(patterns, { pattern: coded.ids, group, groups, outcome });
  const { gram, diagonal } = crossProducts(cells, cells.size, absorbs(model));
  const { kept, dependent } = dependence(gram, diagonal, COLLINEAR);
  return {
    cells: dependent.length === 0 ? cells : keepColumns(cells, kept),
    droppedColumns: dependent.map((column) => patterns.names[column]!),
  };
}

/** Groups numbered in the order of their levels, so that results do not depend on the order of the rows. */
function groupsOf({ group: column }: ModelRows, rows: Int32Array): { group: Int32Array; groups: number } {
  if (column === null) return { group: new Int32Array(rows.length), groups: 1 };
  const { codes } = column;
  const place = new Int32Array(column.levels.length);
  for (let at = 0; at < rows.length; at++) place[codes[rows[at]!]!] = 1;
  let groups = 0;
  for (let level = 0; level < place.length; level++) if (place[level] === 1) place[level] = groups++;
  const group = new Int32Array(rows.length);
  for (let at = 0; at < rows.length; at++) group[at] = place[codes[rows[at]!]!]!;
  return { group, groups };
}

/** @throws ModelInputError if a model has more parameters, α and group effects included, than rows */
export function refuseTooMany(cells: Cells, { model }: ModelSpec): void {
  const parameters = cells.patterns.names.length + (hasAlpha(model) ? 1 : 0) + (absorbs(model) ? cells.groups : 0);
  if (parameters > cells.rows)
    throw new ModelInputError(
      `Expected at most as many parameters as rows, got ${parameters} for ${cells.rows} rows. Take out terms, or give more rows.`,
    );
}

function warningsOf(
  { design }: ModelRows,
  { droppedColumns, decided, rows }: { droppedColumns: readonly string[]; decided: boolean; rows: Int32Array },
): string[] {
  const warnings: string[] = [];
  if (droppedColumns.length > 0) warnings.push(`Collinear with other terms, left out: ${droppedColumns.join(', ')}.`);
  if (!decided) warnings.push('Whether some zeros are perfectly predicted could not be settled; look for very large standard errors.');
  for (const source of design.sources) {
    if (source.kind !== 'factor' || source.reference === null) continue;
    const { codes, levels, reference, name } = source;
    if (!rows.some((row) => codes[row] === reference))
      warnings.push(`The reference level "${levels[reference]}" of ${name} has no row left; another level takes its place.`);
  }
  return warnings;
}
