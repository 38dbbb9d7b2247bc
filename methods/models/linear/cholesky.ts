/** A symmetric positive definite matrix, scaled to unit diagonal and factored: A = D⁻¹ L Lᵀ D⁻¹. */
export interface Factor {
  readonly order: number;
  /** Row-major, lower triangle. */
  readonly lower: Float64Array;
  /** 1/√ of the diagonal. */
  readonly scale: Float64Array;
}

/** Below this share of its variance, what is left of a column is rounding. */
const PIVOT = 1e-13;

/** Factors a row-major symmetric matrix, reading its lower triangle. @returns null if it is not positive definite */
export function factor(matrix: Float64Array, order: number): Factor | null {
  const scale = new Float64Array(order);
  for (let i = 0; i < order; i++) {
    const diagonal = matrix[i * order + i]!;
    if (!(diagonal > 0) || !Number.isFinite(diagonal)) return null;
    scale[i] = 1 / Math.sqrt(diagonal);
  }
  const lower = new Float64Array(order * order);
  for (let i = 0; i < order; i++) {
    for (let j = 0; j <= i; j++) {
      const sum = matrix[i * order + j]! * scale[i]! * scale[j]! - rowProduct(lower, { a: i * order, b: j * order, length: j });
      if (i === j && !(sum > PIVOT)) return null;
      lower[i * order + j] = i === j ? Math.sqrt(sum) : sum / lower[j * order + j]!;
    }
  }
  return { order, lower, scale };
}

/** Product of the first `length` numbers of two rows: four sums at once, which do not wait for each other. */
function rowProduct(table: Float64Array, { a, b, length }: { a: number; b: number; length: number }): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let k = 0;
  for (; k + 3 < length; k += 4) {
    s0 += table[a + k]! * table[b + k]!;
    s1 += table[a + k + 1]! * table[b + k + 1]!;
    s2 += table[a + k + 2]! * table[b + k + 2]!;
    s3 += table[a + k + 3]! * table[b + k + 3]!;
  }
  for (; k < length; k++) s0 += table[a + k]! * table[b + k]!;
  return s0 + s1 + (s2 + s3);
}

/** A⁻¹ b. */
export function solve({ order, lower, scale }: Factor, right: Float64Array): Float64Array {
  const x = Float64Array.from(right, (value, i) => value * scale[i]!);
  for (let i = 0; i < order; i++) {
    let sum = x[i]!;
    for (let k = 0; k < i; k++) sum -= lower[i * order + k]! * x[k]!;
    x[i] = sum / lower[i * order + i]!;
  }
  for (let i = order - 1; i >= 0; i--) {
    let sum = x[i]!;
    for (let k = i + 1; k < order; k++) sum -= lower[k * order + i]! * x[k]!;
    x[i] = sum / lower[i * order + i]!;
  }
  for (let i = 0; i < order; i++) x[i]! *= scale[i]!;
  return x;
}

/** A⁻¹ = D L⁻ᵀ L⁻¹ D, row-major and symmetric. */
export function inverse({ order, lower, scale }: Factor): Float64Array {
  const half = invertedLower(lower, order);
  const out = new Float64Array(order * order);
  for (let k = 0; k < order; k++) {
    for (let i = 0; i <= k; i++) {
      const value = half[k * order + i]!;
      for (let j = 0; j <= i; j++) out[i * order + j]! += value * half[k * order + j]!;
    }
  }
  for (let i = 0; i < order; i++) {
    for (let j = 0; j <= i; j++) {
      out[i * order + j]! *= scale[i]! * scale[j]!;
      out[j * order + i] = out[i * order + j]!;
    }
  }
  return out;
}

/** L⁻¹, row by row. */
function invertedLower(lower: Float64Array, order: number): Float64Array {
  const out = new Float64Array(order * order);
  for (let i = 0; i < order; i++) {
    for (let k = 0; k < i; k++) {
      const value = lower[i * order + k]!;
      for (let j = 0; j <= k; j++) out[i * order + j]! -= value * out[k * order + j]!;
    }
    const pivot = lower[i * order + i]!;
    for (let j = 0; j < i; j++) out[i * order + j]! /= pivot;
    out[i * order + i] = 1 / pivot;
  }
  return out;
}

/** Condition number (in the 1-norm) of a matrix scaled to unit diagonal, from it and its inverse. */
export function condition(matrix: Float64Array, inverted: Float64Array, order: number): number {
  let [norm, inverseNorm] = [0, 0];
  for (let i = 0; i < order; i++) {
    let [row, inverseRow] = [0, 0];
    for (let j = 0; j < order; j++) {
      const scale = Math.sqrt(matrix[i * order + i]! * matrix[j * order + j]!);
      row += Math.abs(matrix[Math.max(i, j) * order + Math.min(i, j)]!) / scale;
      inverseRow += Math.abs(inverted[i * order + j]!) * scale;
    }
    norm = Math.max(norm, row);
    inverseNorm = Math.max(inverseNorm, inverseRow);
  }
  return norm * inverseNorm;
}

/** B M Bᵀ-style product of symmetric covariances: `bread · meat · bread`. */
export function sandwich(bread: Float64Array, meat: Float64Array, order: number): Float64Array {
  return multiply(multiply(bread, meat, order), bread, order);
}

function multiply(a: Float64Array, b: Float64Array, order: number): Float64Array {
  const out = new Float64Array(order * order);
  for (let i = 0; i < order; i++) {
    for (let k = 0; k < order; k++) {
      const value = a[i * order + k]!;
      if (value !== 0) for (let j = 0; j < order; j++) out[i * order + j]! += value * b[k * order + j]!;
    }
  }
  return out;
}
