const plainNumber = /^-?\d+(\.\d+)?$/;

/** One cell. Text that a spreadsheet would run as a formula gets a leading apostrophe; numbers are left alone. */
export function csvCell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(Number(value.toPrecision(10)));
  const guarded = /^[=+\-@\t\r]/.test(value) && !plainNumber.test(value) ? `'${value}` : value;
  return /[",\n\r]/.test(guarded) ? `"${guarded.replace(/"/g, '""')}"` : guarded;
}

/** CSV after RFC 4180 with line feeds. Synthetic data says so in a first column of every row, which survives every program. */
export function csvText(header: readonly string[], rows: readonly (readonly (string | number | null)[])[], synthetic: boolean): string {
  const lines = synthetic ? [['data', ...header], ...rows.map((row) => ['synthetic data', ...row])] : [header, ...rows];
  return lines.map((line) => line.map(csvCell).join(',') + '\n').join('');
}
