import type { CountFit } from '../../methods/models';

/** Estimates by the names of the reference file. */
export type Numbers = Readonly<Record<string, number>>;

export interface Tolerance {
  /** Of a standard error. */
  readonly b: number;
  readonly se: number;
}

const REGRESSOR = /^(reg|yr|y)(\d+)$/;

/** `reg1` → `reg[1]`, `_cons` → `(Intercept)`; others are named alike. */
function termOf(name: string, fit: CountFit): string {
  if (name === '_cons') return '(Intercept)';
  const [, column, level] = REGRESSOR.exec(name) ?? [];
  if (column === undefined) return name;
  return fit.coefficients.some(({ term }) => term === `year[${level}]`) ? `year[${level}]` : `${column}[${level}]`;
}

export function find(fit: CountFit, name: string): { estimate: number; se: number } {
  const found = name === 'lnalpha' ? fit.lnAlpha : fit.coefficients.find(({ term }) => term === termOf(name, fit));
  if (found?.se == null) throw new Error(`Expected an estimate of ${name} with its standard error, got ${JSON.stringify(found)}.`);
  return { estimate: found.estimate, se: found.se };
}

/** Distances that exceed the tolerance: an empty list is agreement. */
export function differences(fit: CountFit, expected: { b?: Numbers; se?: Numbers }, tolerance: Tolerance): string[] {
  const out: string[] = [];
  for (const [name, value] of Object.entries(expected.b ?? {})) {
    const { estimate, se } = find(fit, name);
    const scale = expected.se?.[name] ?? se;
    if (!(Math.abs(estimate - value) <= tolerance.b * scale)) out.push(`b ${name}: ${estimate} is not ${value}`);
  }
  for (const [name, value] of Object.entries(expected.se ?? {})) {
    const { se } = find(fit, name);
    if (!(Math.abs(se - value) <= tolerance.se * value)) out.push(`se ${name}: ${se} is not ${value} (${Math.abs(se / value - 1)})`);
  }
  return out;
}

export const relative = (value: number, expected: number): number => Math.abs(value - expected) / Math.abs(expected);
