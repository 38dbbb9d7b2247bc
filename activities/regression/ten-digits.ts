/** Rounded to ten significant digits: beyond them estimates hold rounding, and a digest should not. Null for what is no number. */
export function tenDigits(value: number | null | undefined): number | null {
  return value === null || value === undefined || !Number.isFinite(value) ? null : Number(value.toPrecision(10));
}
