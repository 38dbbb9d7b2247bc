import type { Study } from '../../config/study';
import type { Columns } from '../../dag/columns';
import type { ClinicalBits, ClinicalRule } from '../../methods/clinical';

/** Columns for every clinical filter on one text, so that a study that takes another filter reads nothing again. */
export const clinicalColumns = {
  broad: ['boolean', 'broad therapy filter (Haynes 2005), title and abstract'],
  narrow: ['boolean', 'narrow therapy filter'],
  balanced: ['boolean', 'balanced therapy filter'],
  broad_strict: ['boolean', 'broad therapy filter without "random forest" and the like'],
  narrow_strict: ['boolean', 'narrow therapy filter without "random forest" and the like'],
  balanced_strict: ['boolean', 'balanced therapy filter without "random forest" and the like'],
  own: ['boolean', 'filter file of the study; null when the study has none'],
} as const satisfies Columns;

export const clinicalNames = Object.keys(clinicalColumns) as (keyof ClinicalBits)[];

/** The clinical columns of a row. */
export function clinicalOf(row: Readonly<Record<keyof ClinicalBits, boolean | null>>): Record<keyof ClinicalBits, boolean | null> {
  return Object.fromEntries(clinicalNames.map((name) => [name, row[name]])) as Record<keyof ClinicalBits, boolean | null>;
}

/** What steps that read text must know of the clinical rule: nothing, unless the study has a filter of its own. */
export function ownFilter({ clinical: { filter, randomForests, entries } }: Pick<Study, 'clinical'>) {
  return filter === 'file' ? { filter, randomForests, entries } : null;
}

/** The column that the study's filter is. */
export function clinicalColumn({ filter, randomForests }: ClinicalRule): keyof ClinicalBits {
  if (filter === 'file') return 'own';
  return randomForests === 'drop' ? `${filter}_strict` : filter;
}
