import { join, raw, sql, type Relation, type Sql } from '../../dag/sql';
import { identifier } from '../../dag/sql';
import { ANALYSES, type Analysis } from './published';

/** The fits of the four regressions as inputs of a step. */
export type FitTables = Readonly<Record<'scientific' | 'clinical' | 'internationalScientific' | 'internationalClinical', Relation>>;

/** Rows of all fits together, with the regression they are of. */
export function allFits(tables: FitTables, columns: readonly string[]): Sql {
  const list = raw(columns.map(identifier).join(', '));
  const of: Readonly<Record<Analysis, Relation>> = {
    'relevance-scientific': tables.scientific,
    'relevance-clinical': tables.clinical,
    'international-scientific': tables.internationalScientific,
    'international-clinical': tables.internationalClinical,
  };
  const parts = ANALYSES.map((analysis) => sql`select ${analysis}::text as analysis, ${list} from ${of[analysis]} as fits`);
  return join(parts, ' union all ');
}
