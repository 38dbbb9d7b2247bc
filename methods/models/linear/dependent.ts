/** Columns of a matrix by whether they add to those before them. */
export interface Dependence {
  readonly kept: readonly number[];
  readonly dependent: readonly number[];
  /** For each dependent column, a combination of columns (itself with 1) that is zero. */
  readonly nullSpace: readonly Float64Array[];
}

/**
 * Finds columns that are combinations of earlier ones, from the cross products of the columns (row-major, symmetric). In order, so that
 * the first of a collinear set stays, as a reader expects. What is left of a column below `tolerance` times `reference` is rounding.
 */
export function dependence(gram: Float64Array, reference: Float64Array, tolerance: number): Dependence {
  const order = reference.length;
  const kept: number[] = [];
  const dependent: number[] = [];
  const nullSpace: Float64Array[] = [];
  const rows: Float64Array[] = [];
  for (let column = 0; column < order; column++) {
    const row = projectedRow(gram, order, { column, kept, rows });
    let pivot = gram[column * order + column]!;
    for (const value of row) pivot -= value * value;
    if (pivot > tolerance * reference[column]! && reference[column]! > 0) {
      const grown = new Float64Array(row.length + 1);
      grown.set(row);
      grown[row.length] = Math.sqrt(pivot);
      rows.push(grown);
      kept.push(column);
    } else {
      dependent.push(column);
      nullSpace.push(nullVector(order, { column, kept, rows, row }));
    }
  }
  return { kept, dependent, nullSpace };
}

/** Solves L row = gram of the kept columns with this one. */
function projectedRow(
  gram: Float64Array,
  order: number,
  { column, kept, rows }: { column: number; kept: number[]; rows: Float64Array[] },
): Float64Array {
  const row = new Float64Array(kept.length);
  for (let i = 0; i < kept.length; i++) {
    let sum = gram[column * order + kept[i]!]!;
    const before = rows[i]!;
    for (let k = 0; k < i; k++) sum -= before[k]! * row[k]!;
    row[i] = sum / before[i]!;
  }
  return row;
}

/** 1 at the column, and minus its coefficients on the kept columns: solves Lᵀ c = row. */
function nullVector(
  order: number,
  { column, kept, rows, row }: { column: number; kept: number[]; rows: Float64Array[]; row: Float64Array },
): Float64Array {
  const vector = new Float64Array(order);
  vector[column] = 1;
  const coefficients = new Float64Array(kept.length);
  for (let i = kept.length - 1; i >= 0; i--) {
    let sum = row[i]!;
    for (let k = i + 1; k < kept.length; k++) sum -= rows[k]![i]! * coefficients[k]!;
    coefficients[i] = sum / rows[i]![i]!;
    vector[kept[i]!] = -coefficients[i]!;
  }
  return vector;
}
