import { classOf, toneOf, type Breaks } from '../classes';
import type { Unit } from '../numbers';

export interface AreaScale {
  breaks: Breaks;
  unit: Unit;
  /** Shares of fewer articles are hatched. */
  minimum: number;
}

/** CSS class of an area: its tone, and `small` where a share rests on fewer articles than the minimum. The slider uses it too. */
export function areaClass(row: { value: number | null; n: number } | undefined, scale: AreaScale): string {
  const index = classOf(row?.value ?? null, scale.breaks);
  if (!row || index === null) return 'area';
  const small = scale.unit !== 'count' && row.n < scale.minimum ? ' small' : '';
  return `area${small} k${toneOf(index, scale.breaks)}`;
}
