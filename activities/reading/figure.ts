import type { Columns } from '../../dag/columns';

/** What every figure step writes: the drawing and exactly what is drawn. */
export const figureColumns = {
  name: ['text', 'name of the figure'],
  svg: ['text', 'the drawing, SVG'],
  csv: ['text', 'its source data, CSV'],
} as const satisfies Columns;

/** The source line of a figure. Data that is not the field's own says so. */
export function sourceOf(world: string): string {
  if (world === 'synthetic') return 'Synthetic data: a simulated world, not the field';
  return world === 'recorded'
    ? 'A few recorded answers of PubMed and OpenAlex: not a sample of the field'
    : 'Data: PubMed (U.S. National Library of Medicine), OpenAlex (CC0)';
}

/** Plain CSV with a header; cells that a spreadsheet would run are guarded, synthetic data says so in its first line. */
export function toCsv(rows: readonly Readonly<Record<string, string | number | null>>[], world: string): string {
  const names = Object.keys(rows[0] ?? {});
  const lines = [names.join(','), ...rows.map((row) => names.map((name) => cell(row[name] ?? null)).join(','))];
  return `${world === 'synthetic' ? '# synthetic data\n' : ''}${lines.join('\n')}\n`;
}

function cell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const guarded = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\n\r]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}
