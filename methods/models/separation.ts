import type { Cells } from './cells';
import { crossProducts } from './cross-products';
import { dependence } from './linear/dependent';
import { findHalfSpace, type Rows } from './linear/half-space';

export interface Separation {
  /** Cells of which no row with a zero outcome has a finite estimate; empty for most data. */
  readonly cells: ReadonlySet<number>;
  /** False if the search was cut off before the question was settled. */
  readonly decided: boolean;
}

const NONE: Separation = { cells: new Set(), decided: true };
const RANK_TOLERANCE = 1e-11;
/** Products this small beside the others of their column are the rounding of a zero, whose sign would mean nothing. */
const NOISE = 1e-8;

/**
 * Zeros that a combination of covariates predicts perfectly, beyond single levels: their likelihood has no maximum. Estimates exist if and
 * only if no z = Xb is ≤ 0 where y = 0, = 0 where y > 0, and not all zero (Correia, Guimarães & Zylkin 2019; the same for NB2).
 */
export function separatedCells(cells: Cells, absorbed: boolean): Separation {
  const { gram, diagonal, means } = crossProducts(cells, cells.positive, absorbed);
  const { nullSpace } = dependence(gram, diagonal, RANK_TOLERANCE);
  if (nullSpace.length === 0) return NONE;
  const zeros: number[] = [];
  for (let c = 0; c < cells.size.length; c++) if (cells.size[c]! > cells.positive[c]!) zeros.push(c);
  const width = nullSpace.length;
  const z = new Float64Array(zeros.length * width);
  const groupOf = groupOfCells(cells);
  zeros.forEach((cell, i) => {
    nullSpace.forEach((vector, k) => (z[i * width + k] = product(cells, { cell, vector, means, group: groupOf[cell]! })));
  });
  const { positive, decided } = findHalfSpace(independentColumns({ count: zeros.length, width, values: z }));
  return { cells: new Set(zeros.filter((_, i) => positive?.[i])), decided };
}

function groupOfCells({ groupStart, groups, pattern }: Cells): Int32Array {
  const out = new Int32Array(pattern.length);
  for (let g = 0; g < groups; g++) out.fill(g, groupStart[g], groupStart[g + 1]);
  return out;
}

/** (x − mean of the group's positive rows)ᵀ v: the group's effect is whatever makes its positive rows zero. */
function product(
  { patterns, pattern }: Cells,
  { cell, vector, means, group }: { cell: number; vector: Float64Array; means: Float64Array | null; group: number },
): number {
  const p = pattern[cell]!;
  let sum = 0;
  for (let k = patterns.start[p]!; k < patterns.start[p + 1]!; k++) sum += patterns.values[k]! * vector[patterns.columns[k]!]!;
  if (means !== null) for (let k = 0; k < vector.length; k++) sum -= means[group * vector.length + k]! * vector[k]!;
  return sum;
}

/** The columns of z that are no combinations of others, brought to one size. */
function independentColumns({ count, width, values }: Rows): Rows {
  const gram = new Float64Array(width * width);
  for (let i = 0; i < count; i++) {
    for (let a = 0; a < width; a++) for (let b = 0; b < width; b++) gram[a * width + b]! += values[i * width + a]! * values[i * width + b]!;
  }
  const squares = Float64Array.from({ length: width }, (_, k) => gram[k * width + k]!);
  const { kept } = dependence(gram, squares, RANK_TOLERANCE);
  const out = new Float64Array(count * kept.length);
  kept.forEach((column, k) => {
    const size = Math.sqrt(squares[column]! / count);
    for (let i = 0; i < count; i++) {
      const value = values[i * width + column]! / size;
      out[i * kept.length + k] = Math.abs(value) < NOISE ? 0 : value;
    }
  });
  return { count, width: kept.length, values: out };
}
