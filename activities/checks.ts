import { identifier, join, raw, sql } from '../dag/sql';
import type { Check } from '../dag/step';

/** No two rows have the same value in a column (or the same values in several). */
export function everyValueOnce(columns: string | readonly string[], advice: string): Check {
  const names = [columns].flat();
  const list = join(
    names.map((name) => raw(identifier(name))),
    ', ',
  );
  return {
    name: `every ${names.join(' and ')} once`,
    advice,
    failing: (output) => sql`select ${list}, count(*) as times from ${output} as rows group by ${list} having count(*) > 1`,
  };
}

/** A result of this step is never empty when the study is sound. */
export function notEmpty(advice: string): Check {
  return {
    name: 'at least one row',
    advice,
    failing: (output) => sql`select 'no rows' as found where not exists (select from ${output} as rows)`,
  };
}
