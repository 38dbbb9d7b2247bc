import { collapse, keepColumns, type Cells } from './cells';
import type { ModelData } from './column';
import { crossProducts } from './cross-products';
import { dropGroups, dropLevels, merge } from './drops';
import { ModelInputError } from './input-error';
import { dependence } from './linear/dependent';
import { everyRow, rowsAlive } from './loops';
import { absorbs, hasAlpha, type Drop, type ModelSpec } from './model';
import { codeRows, expand, type CodedRows } from './patterns';
import { readRows, selectRows, type ModelRows } from './rows';
import { separatedCells } from './separation';

/** The rows that a model is fitted to, collapsed, and what was left out on the way. */
export interface Sample {
  readonly cells: Cells;
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
 * columns that are no combination of others. Every rule's rows are counted and named; rules apply again until nothing changes.
 * @throws ModelInputError if the data cannot be fitted at all
 */
export function takeSample(data: ModelData, spec: ModelSpec): Sample {
  let { read, missing: drops } = readRows(data, spec);
  const most = read.outcome.length;
  for (;;) {
    const left = dropGroups(read, spec.model);
    drops = merge([...drops, ...left.drops]);
    const coded = coverRows(left.read, most);
    const counted = countRows(left.read, coded);
    const levels = dropLevels({ cells: counted, example: coded.example, design: left.read.design });
    if (levels !== null) {
      drops = merge([...drops, levels.drop]);
      read = selectRows(left.read, rowsAlive(coded.ids, levels.alive));
      continue;
    }
    const { cells, droppedColumns } = independent({ ...counted, patterns: patternsOf(left.read, coded, spec) }, spec);
    const { cells: separated, decided } = separatedCells(cells, absorbs(spec.model));
    if (separated.size === 0) {
      const warnings = warningsOf(left.read, { droppedColumns, decided });
      return { cells, read: left.read, drops, droppedColumns, warnings };
    }
    const stays = (row: number): boolean => cells.outcome[row]! > 0 || !separated.has(cells.cellOf[row]!);
    const all = everyRow(cells.rows);
    const names = Array.from(
      all.filter((row) => !stays(row)),
      (row) => `row ${(left.read.rows?.[row] ?? row) + 1}`,
    );
    drops = merge([...drops, { reason: 'separated', rows: names.length, names }]);
    read = selectRows(left.read, all.filter(stays));
  }
}

/** Indices of the rows that a model would be fitted to, in ascending order: to fit another model to the same ones. */
export function sampleRows(data: ModelData, spec: ModelSpec): Int32Array {
  return takeSample(data, spec).read.rows ?? everyRow(data.rows);
}

function coverRows({ design, offset, outcome }: ModelRows, before: number): CodedRows {
  if (outcome.length === 0)
    throw new ModelInputError(
      `Expected some outcomes above zero among rows that can be fitted, got none of ${before}. Nothing can be estimated from zeros only.`,
    );
  const exposure = offset === null ? [] : [{ kind: 'number', name: 'exposure', values: offset } as const];
  return codeRows([...design.sources, ...exposure], outcome.length);
}

function countRows({ group, outcome, most }: ModelRows, { ids, example }: CodedRows): Omit<Cells, 'patterns'> {
  return collapse(example.length, { pattern: ids, group: group?.codes ?? null, groups: group?.levels.length ?? 1, outcome, most });
}

function patternsOf({ design, offset }: ModelRows, coded: CodedRows, { model }: ModelSpec): Cells['patterns'] {
  const patterns = expand(design, coded, { offset, constant: !absorbs(model) });
  if (patterns.names.length > MOST_COLUMNS)
    throw new ModelInputError(
      `Expected at most ${MOST_COLUMNS} columns of the design, got ${patterns.names.length}. Make the factor with the most levels the group of a fixed-effects model.`,
    );
  refuseExtremeSpreads(patterns);
  return patterns;
}

/** Beyond it the variance of a coefficient is no number that can be held, and z would come out as 0. */
const WIDEST_SPREAD = 1e140;

function refuseExtremeSpreads({ names, scale }: Cells['patterns']): void {
  const at = scale.findIndex((spread) => !(spread <= WIDEST_SPREAD && spread >= 1 / WIDEST_SPREAD));
  if (at === -1) return;
  throw new ModelInputError(
    `Expected values of ${names[at]} to differ by ${1 / WIDEST_SPREAD} to ${WIDEST_SPREAD}, got ${scale[at]}. Give the column in another unit.`,
  );
}

/** The cells without the columns that are combinations of others. */
function independent(cells: Cells, { model }: ModelSpec): { cells: Cells; droppedColumns: string[] } {
  const { gram, diagonal } = crossProducts(cells, cells.size, absorbs(model));
  const { kept, dependent } = dependence(gram, diagonal, COLLINEAR);
  return {
    cells: dependent.length === 0 ? cells : keepColumns(cells, kept),
    droppedColumns: dependent.map((column) => cells.patterns.names[column]!),
  };
}

/** @throws ModelInputError if a model has more parameters, α and group effects included, than rows */
export function refuseTooMany(cells: Cells, { model }: ModelSpec): void {
  const parameters = cells.patterns.names.length + (hasAlpha(model) ? 1 : 0) + (absorbs(model) ? cells.groups : 0);
  if (parameters > cells.rows)
    throw new ModelInputError(
      `Expected at most as many parameters as rows, got ${parameters} for ${cells.rows} rows. Take out terms, or give more rows.`,
    );
}

function warningsOf({ design }: ModelRows, { droppedColumns, decided }: { droppedColumns: readonly string[]; decided: boolean }): string[] {
  const warnings: string[] = [];
  if (droppedColumns.length > 0) warnings.push(`Collinear with other terms, left out: ${droppedColumns.join(', ')}.`);
  if (!decided) warnings.push('Whether some zeros are perfectly predicted could not be settled; look for very large standard errors.');
  for (const source of design.sources) {
    if (source.kind !== 'factor' || source.reference === null) continue;
    const { codes, levels, reference, name } = source;
    if (!codes.includes(reference))
      warnings.push(`The reference level "${levels[reference]}" of ${name} has no row left; another level takes its place.`);
  }
  return warnings;
}
