import { keepColumns, type Cells } from './cells';
import type { Model } from './model';
import type { Watch } from './newton';
import type { Patterns } from './patterns';
import { search } from './search';

/** Log-likelihood of a model without covariates: constant, exposure and group effects alone. Null if that does not converge. */
export async function nullLogLik(cells: Cells, model: Model, { signal }: Watch): Promise<number | null> {
  const { optimum, logLik } = await search(withoutCovariates(cells), model, { signal });
  return optimum.converged ? logLik : null;
}

/** Without covariates and with one exposure, all rows of a group are one cell. */
function withoutCovariates(cells: Cells): Cells {
  const { patterns } = cells;
  const constant = patterns.names[0] === '(Intercept)' ? [0] : [];
  const [first] = patterns.offset;
  if (first === undefined || patterns.offset.some((value) => value !== first)) return keepColumns(cells, constant);
  return mergedByGroup(cells, {
    ...{ count: 1, names: constant.map(() => '(Intercept)'), start: Int32Array.of(0, constant.length) },
    ...{ columns: Int32Array.from(constant), values: Float64Array.from(constant, () => 1), offset: Float64Array.of(first) },
    ...{ centre: Float64Array.from(constant), scale: Float64Array.from(constant, () => 1) },
  });
}

function mergedByGroup(cells: Cells, patterns: Patterns): Cells {
  const { groups, groupStart, rows } = cells;
  const byGroup = (of: Float64Array): Float64Array => {
    const out = new Float64Array(groups);
    for (let g = 0; g < groups; g++) for (let cell = groupStart[g]!; cell < groupStart[g + 1]!; cell++) out[g]! += of[cell]!;
    return out;
  };
  return {
    ...{ ...cells, patterns, cellOf: new Int32Array(rows), groupStart: Int32Array.from({ length: groups + 1 }, (_, g) => g) },
    ...{ pattern: new Int32Array(groups), size: byGroup(cells.size), positive: byGroup(cells.positive) },
    ...{ sum: byGroup(cells.sum), squares: byGroup(cells.squares) },
  };
}
